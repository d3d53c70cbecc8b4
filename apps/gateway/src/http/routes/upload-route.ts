import type { Readable } from 'node:stream';
import { BlobMismatch, type BlobStore } from '@lucency/blobs';
import { imageMediaTypes, uploadKey } from '@lucency/contracts';
import type { FastifyInstance } from 'fastify';
import type { Pool } from 'pg';
import type { SignedAddresses } from '../../addresses/signed-addresses.js';
import { asTenant, type Tenant } from '../../database/tenant.js';
import { maxUploadBytes } from '../../submission/create-upload.js';
import { refuse } from '../errors/problem.js';

export interface UploadRouteDeps {
  pool: Pool;
  blobs: BlobStore;
  addresses: SignedAddresses;
}

/** PUT /uploads/:token streams the declared bytes into the blob store, once. */
export function uploadRoute(server: FastifyInstance, { pool, blobs, addresses }: UploadRouteDeps): void {
  // The body stays a stream: it is checked while it is written and never held whole.
  server.addContentTypeParser([...imageMediaTypes], (_request, body, done) => done(null, body));

  server.put<{ Params: { token: string }; Body: Readable }>(
    '/uploads/:token',
    { bodyLimit: maxUploadBytes },
    async (request, reply) => {
      const grant = await addresses.readUpload(request.params.token);
      if (!grant) {
        return refuse(reply, 'ADDRESS_INVALID', {
          message: 'This address is not valid or has expired. Create a new upload.',
        });
      }
      if (request.headers['content-type'] !== grant.mediaType) {
        return refuse(reply, 'WRONG_TYPE', {
          message: `Send the Content-Type that was declared: ${grant.mediaType}.`,
        });
      }
      if (Number(request.headers['content-length']) !== grant.bytes) {
        return refuse(reply, 'WRONG_LENGTH', {
          message: `Send the declared ${grant.bytes} bytes with a Content-Length.`,
        });
      }
      const tenant: Tenant = {
        organizationId: grant.organizationId,
        personId: grant.personId,
        siteIds: [grant.siteId],
        writableSiteIds: [grant.siteId],
      };
      if (await isStored(pool, tenant, grant.uploadId)) return refuse(reply, 'ALREADY_STORED');
      try {
        await blobs.writeStream(uploadKey(grant.organizationId, grant.uploadId), request.body, {
          bytes: grant.bytes,
          sha256: grant.sha256,
        });
      } catch (error) {
        if (error instanceof BlobMismatch) return refuse(reply, 'CONTENT_MISMATCH');
        // A store may report the end of its input as a failure of its own.
        throw request.body.errored ?? error;
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
