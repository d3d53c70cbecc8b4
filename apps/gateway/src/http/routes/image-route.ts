import { BlobNotFound, type BlobStore } from '@lucency/blobs';
import { refusals } from '@lucency/contracts';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Pool } from 'pg';
import type { SignedAddresses, ViewGrant } from '../../addresses/signed-addresses.js';
import { type AuditAction, type AuditedType, writeEntries } from '../../audit/entries.js';
import { asTenant, type Tenant } from '../../database/tenant.js';
import { Originals } from '../../viewing/originals.js';
import { ViewingBusy, type ViewingCopies } from '../../viewing/viewing-copies.js';
import { busy } from '../errors/busy.js';
import { problem, refuse } from '../errors/problem.js';

export interface ImageRouteDeps {
  pool: Pool;
  blobs: BlobStore;
  addresses: SignedAddresses;
  copies: ViewingCopies;
}

interface Shown {
  studyId: string;
  blobKey: string;
  /** Of the stored file. */
  bytes: number;
  mediaType: string;
}

const imageQuery = `SELECT i.study_id AS "studyId", i.blob_key AS "blobKey", i.bytes, i.media_type AS "mediaType" FROM image i
  JOIN study s ON s.id = i.study_id WHERE i.id = $1 AND s.withdrawn_at IS NULL`;
const queries = {
  image: imageQuery,
  original: imageQuery,
  heatmap: `SELECT i.study_id AS "studyId", h.blob_key AS "blobKey", 0 AS bytes, 'image/png' AS "mediaType" FROM heatmap h JOIN image i ON i.id = h.image_id
    JOIN study s ON s.id = i.study_id WHERE h.id = $1 AND s.withdrawn_at IS NULL AND h.presentation IS DISTINCT FROM 'WITHHELD'`,
};

const views = {
  image: { action: 'IMAGE_VIEWED', type: 'Image' },
  original: { action: 'ORIGINAL_FETCHED', type: 'Image' },
  heatmap: { action: 'HEATMAP_VIEWED', type: 'Heatmap' },
} as const satisfies Record<ViewGrant['use'], { action: AuditAction; type: AuditedType }>;

/** GET /images/:token gives a re-encoded copy of an image, the file as it came, or a heatmap, while the address is valid. */
export function imageRoute(
  server: FastifyInstance,
  { pool, blobs, addresses, copies }: ImageRouteDeps,
): void {
  const originals = new Originals(blobs);
  server.get<{ Params: { token: string } }>('/images/:token', async (request, reply) => {
    const grant = await addresses.readView(request.params.token);
    if (!grant)
      return problem(reply, 403, 'ADDRESS_INVALID', 'This address is not valid or has expired. Ask again.');
    const viewer = new AbortController();
    reply.raw.once('close', () => viewer.abort(new ViewerGone()));
    const found = await findImage(pool, grant);
    if (!found) return problem(reply, 404, 'NOT_FOUND', 'This image is no longer shown.');
    try {
      const read = () => blobs.read(found.blobKey);
      if (grant.use === 'image') {
        const copy = await copies.of({ id: grant.id, bytes: found.bytes, read }, viewer.signal);
        if (!copy.ok) return problem(reply, 422, copy.reason, refusals[copy.reason]);
        await recordView(pool, grant, found);
        return show(reply, grant, copy.value);
      }
      const { bytes, isStart } =
        grant.use === 'heatmap'
          ? { bytes: await read(), isStart: false }
          : await originals.of(found.blobKey, request.headers.range);
      await recordView(pool, grant, found);
      if (isStart) reply.code(206).header('content-range', `bytes 0-${bytes.byteLength - 1}/${found.bytes}`);
      return show(reply, grant, { ...found, bytes });
    } catch (error) {
      // Nobody reads this answer.
      if (error instanceof ViewerGone) return reply.hijack();
      if (error instanceof ViewingBusy) return refuse(reply, 'BUSY', busy());
      if (!(error instanceof BlobNotFound)) throw error;
      return problem(reply, 404, 'NOT_FOUND', 'The stored image cannot be found.');
    }
  });
}

class ViewerGone extends Error {}

function show(
  reply: FastifyReply,
  { use, expiresAt }: Pick<ViewGrant, 'use'> & { expiresAt: number },
  { bytes, mediaType }: { bytes: Uint8Array; mediaType: string },
): FastifyReply {
  const maxAge = Math.max(0, Math.floor((expiresAt - Date.now()) / 1000));
  return (
    reply
      .header('content-type', mediaType)
      .header('cache-control', `private, max-age=${maxAge}, immutable`)
      .header('cross-origin-resource-policy', 'cross-origin')
      .header('content-security-policy', "default-src 'none'")
      // Nothing that somebody uploaded is opened by a browser as what it says it is.
      .headers(
        use === 'original'
          ? { 'content-disposition': 'attachment', 'x-content-type-options': 'nosniff' }
          : {},
      )
      .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  );
}

async function findImage(pool: Pool, grant: ViewGrant): Promise<Shown | null> {
  const found = await asTenant(pool, tenantOf(grant), (client) =>
    client.query<Shown>(queries[grant.use], [grant.id]),
  );
  return found.rows[0] ?? null;
}

/** Before the first byte leaves: nobody sees what the audit trail does not tell of. */
async function recordView(pool: Pool, grant: ViewGrant, { studyId }: Shown): Promise<void> {
  const { use, id, organizationId, siteId, personId } = grant;
  const { action, type } = views[use];
  const author = { organizationId, actor: { personId } };
  await asTenant(pool, tenantOf(grant), (client) =>
    writeEntries(client, author, [{ action, object: { type, id }, siteId, studyId }]),
  );
}

function tenantOf({ organizationId, personId, siteId }: ViewGrant): Tenant {
  return { organizationId, personId, siteIds: [siteId], writableSiteIds: [] };
}
