import { randomUUID } from 'node:crypto';
import type { Priority } from '@lucency/messaging';
import type { Pool } from 'pg';
import type { SignedAddress, SignedAddresses } from '../addresses/signed-addresses.js';
import type { Admit } from '../admission/admit.js';
import { asTenant } from '../database/tenant.js';
import type { Viewer } from '../identity/viewer.js';
import { BusyError, InputError, NotFoundError, QuotaError } from './errors.js';

export interface NewUpload {
  siteId: string;
  bytes: number;
  mediaType: 'image/jpeg' | 'image/png';
  sha256: string;
  /** Of the study that it is meant for. */
  priority: Priority;
}

/** Encoded size of the largest image anyone may send; the decoded size is limited before decoding. */
export const maxUploadBytes = 50 * 1024 * 1024;
/** Uploads one person may hold open and unused at once. */
export const maxOpenUploads = 500;
const quotaRetrySeconds = 60;

/**
 * Refuses an upload as its study would be: sooner and for less, before any bytes are sent.
 * @throws InputError, NotFoundError, BusyError or QuotaError
 */
export async function createUpload(
  { pool, addresses, admit }: { pool: Pool; addresses: SignedAddresses; admit: Admit },
  viewer: Viewer,
  input: NewUpload,
): Promise<SignedAddress & { id: string }> {
  if (input.bytes < 1 || input.bytes > maxUploadBytes) {
    throw new InputError('bytes', `An image may have 1 to ${maxUploadBytes} bytes.`);
  }
  if (!/^[0-9a-f]{64}$/.test(input.sha256)) {
    throw new InputError('sha256', 'Give the SHA-256 of the bytes as 64 lower-case hexadecimal digits.');
  }
  requireWritableSite(viewer, input.siteId);
  const retryAfterSeconds = await admit(input);
  if (retryAfterSeconds !== null) throw new BusyError(retryAfterSeconds);
  const id = randomUUID();
  const { organizationId, personId } = viewer;
  const address = await addresses.forUpload({ ...input, uploadId: id, organizationId, personId });
  await asTenant(pool, viewer, async (client) => {
    const inserted = await client.query(
      `INSERT INTO upload (id, organization_id, site_id, person_id, bytes, media_type, sha256, expires_at)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8
       WHERE (SELECT count(*) FROM upload WHERE organization_id = $2 AND person_id = $4 AND expires_at > now()
         AND adopted_at IS NULL) < $9`,
      [
        id,
        organizationId,
        input.siteId,
        personId,
        input.bytes,
        input.mediaType,
        input.sha256,
        address.expiresAt,
        maxOpenUploads,
      ],
    );
    if (inserted.rowCount === 0) throw new QuotaError(quotaRetrySeconds);
  });
  return { id, ...address };
}

/** The same answer for a site that is not there, is another organization's, or may only be looked at. */
export function requireWritableSite(viewer: Viewer, siteId: string): void {
  if (!viewer.writableSiteIds.includes(siteId)) {
    throw new NotFoundError('There is no such site where you may submit studies.');
  }
}
