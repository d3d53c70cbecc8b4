/** Keys of the blob store: one folder an organization. */

/** Of an uploaded image. */
export function uploadKey(organizationId: string, uploadId: string): string {
  return `${organizationId}/${uploadId}`;
}

/** Of the heatmap that a task draws. */
export function heatmapKey(organizationId: string, taskId: string): string {
  return `${organizationId}/${taskId}.heatmap.png`;
}

const blobName = /^[^/]+\/([0-9a-f-]{36})(\.heatmap\.png)?$/;

/** The upload or task that a blob is of; null for what is named otherwise and is not ours. */
export function ownerOfBlob(key: string): string | null {
  return blobName.exec(key)?.[1] ?? null;
}
