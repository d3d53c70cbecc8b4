import { randomUUID } from 'node:crypto';
import type { ImageMediaType, Priority } from '@lucency/contracts';
import type { Pool } from 'pg';
import type { SignedAddress, SignedAddresses } from '../addresses/signed-addresses.js';
import type { Admit } from '../admission/admit.js';
import { asTenant } from '../database/tenant.js';
import type { Viewer } from '../identity/viewer.js';
import { BusyError, InputError, NotFoundError, QuotaError } from './errors.js';
import { normalizeReference } from './reference-text.js';
import { otherPatients } from './same-picture.js';

export interface NewUpload {
  siteId: string;
  bytes: number;
  mediaType: ImageMediaType;
  sha256: string;
  /** Of the study that it is meant for. */
  priority: Priority;
  /** Of the study that it is meant for, if that is known yet. */
  patientReference?: string | null;
}

export interface CreatedUpload extends SignedAddress {
  id: string;
  /** Of other patients who have the same image. */
  otherPatientReferences: string[];
}

/** Encoded size of the largest image anyone may send; the decoded size is limited before decoding. */
export const maxUploadBytes = 50 * 1024 * 1024;
/** Uploads one person may hold open and unused at once. */
export const maxOpenUploads = 500;
/** What those may come to together: a day's work of a technologist many times over, and less than a disk. */
export const maxOpenBytes = 4 * 1024 ** 3;
const quotaRetrySeconds = 60;

/**
 * Refuses an upload as its study would be: sooner and for less, before any bytes are sent.
 * @throws InputError, NotFoundError, BusyError or QuotaError
 */
export async function createUpload(
  { pool, addresses, admit }: { pool: Pool; addresses: SignedAddresses; admit: Admit },
  viewer: Viewer,
  input: NewUpload,
): Promise<CreatedUpload> {
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
  const reference = input.patientReference ? normalizeReference(input.patientReference) : null;
  const otherPatientReferences = await asTenant(pool, viewer, async (client) => {
    const inserted = await client.query(
      `INSERT INTO upload (id, organization_id, site_id, person_id, bytes, media_type, sha256, expires_at)
       SELECT $1, $2, $3, $4, $5::int, $6, $7, $8
       FROM (SELECT count(*) AS uploads, COALESCE(sum(bytes), 0) AS bytes FROM upload
         WHERE organization_id = $2 AND person_id = $4 AND expires_at > now() AND adopted_at IS NULL) AS open
       WHERE open.uploads < $9 AND open.bytes + $5::int <= $10::bigint`,
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
        maxOpenBytes,
      ],
    );
    if (inserted.rowCount === 0) throw new QuotaError(quotaRetrySeconds);
    return otherPatients(client, organizationId, input.sha256, reference);
  });
  return { id, ...address, otherPatientReferences };
}

/** The same answer for a site that is not there, is another organization's, or may only be looked at. */
export function requireWritableSite(viewer: Viewer, siteId: string): void {
  if (!viewer.writableSiteIds.includes(siteId)) {
    throw new NotFoundError('There is no such site where you may submit studies.');
  }
}
