import type { Readable } from 'node:stream';
import { BlobMismatch, type BlobStore } from '@lucency/blobs';
import type { FastifyInstance } from 'fastify';
import type { Pool } from 'pg';
import type { SignedAddresses } from '../addresses/signed-addresses.js';
import { asTenant, type Tenant } from '../database/tenant.js';
import { maxUploadBytes } from '../submission/create-upload.js';
import { problem } from './problem.js';

export interface UploadRouteDeps {
  pool: Pool;
  blobs: BlobStore;
  addresses: SignedAddresses;
}

/** PUT /uploads/:token streams the declared bytes into the blob store, once. */
export function uploadRoute(server: FastifyInstance, { pool, blobs, addresses }: UploadRouteDeps): void {
  // The body stays a stream: it is checked while it is written and never held whole.
  server.addContentTypeParser(['image/jpeg', 'image/png'], (_request, body, done) => done(null, body));

  server.put<{ Params: { token: string }; Body: Readable }>(
    '/uploads/:token',
    { bodyLimit: maxUploadBytes },
    async (request, reply) => {
      const grant = await addresses.readUpload(request.params.token);
      if (!grant) {
        return problem(
          reply,
          403,
          'ADDRESS_INVALID',
          'This address is not valid or has expired. Create a new upload.',
        );
      }
      if (request.headers['content-type'] !== grant.mediaType) {
        return problem(
          reply,
          415,
          'WRONG_TYPE',
          `Send the Content-Type that was declared: ${grant.mediaType}.`,
        );
      }
      if (Number(request.headers['content-length']) !== grant.bytes) {
        return problem(
          reply,
          400,
          'WRONG_LENGTH',
          `Send the declared ${grant.bytes} bytes with a Content-Length.`,
        );
      }
      const tenant: Tenant = {
        organizationId: grant.organizationId,
        personId: grant.personId,
        siteIds: [grant.siteId],
        writableSiteIds: [grant.siteId],
      };
      if (await isStored(pool, tenant, grant.uploadId)) {
        return problem(
          reply,
          409,
          'ALREADY_STORED',
          'These bytes were already stored; an upload is good once.',
        );
      }
      try {
        await blobs.writeStream(`${grant.organizationId}/${grant.uploadId}`, request.body, {
          bytes: grant.bytes,
          sha256: grant.sha256,
        });
      } catch (error) {
        if (!(error instanceof BlobMismatch)) throw error;
        return problem(
          reply,
          422,
          'CONTENT_MISMATCH',
          'The bytes are not those that were declared. Upload them again.',
        );
      }
      await asTenant(pool, tenant, (client) =>
        client.query('UPDATE upload SET stored_at = now() WHERE id = $1 AND stored_at IS NULL', [
          grant.uploadId,
        ]),
      );
      return reply.code(204).send();
    },
  );
}

async function isStored(pool: Pool, tenant: Tenant, uploadId: string): Promise<boolean> {
  const found = await asTenant(pool, tenant, (client) =>
    client.query('SELECT stored_at IS NOT NULL AS stored FROM upload WHERE id = $1', [uploadId]),
  );
  return found.rows[0]?.stored === true;
}
