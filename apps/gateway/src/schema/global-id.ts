import { ApiError } from './api-error.js';

/** What has an id here; of any other name Pothos would say that the schema lacks it, as a fault of ours. */
const types = new Set([
  'Study',
  'Image',
  'Reading',
  'Heatmap',
  'Review',
  'Destination',
  'Delivery',
  'Site',
  'Person',
  'Organization',
  'AuditEntry',
  'Upload',
]);

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function encodeId(typename: string, id: string | number | bigint): string {
  return Buffer.from(`${typename}:${id}`).toString('base64url');
}

/** @throws ApiError BAD_USER_INPUT for anything encodeId did not make. */
export function decodeId(globalId: string): { typename: string; id: string } {
  const [typename, id, ...rest] = Buffer.from(globalId, 'base64url').toString('utf8').split(':');
  if (!typename || !types.has(typename) || !id || rest.length > 0 || !uuid.test(id)) {
    throw new ApiError('BAD_USER_INPUT', 'This is not an id that came from this API.');
  }
  return { typename, id };
}
