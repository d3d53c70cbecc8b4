import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { Pool } from 'pg';
import { z } from 'zod';
import { auditAction, writeEntries } from '../../audit/entries.js';
import { exportEntries } from '../../audit/export-entries.js';
import type { AuditFilter } from '../../audit/filter.js';
import { asTenant } from '../../database/tenant.js';
import type { PrismaClient } from '../../generated/prisma/client.js';
import type { Authenticator } from '../../identity/authenticator.js';
import type { Viewer } from '../../identity/viewer.js';
import { ApiError } from '../../schema/api-error.js';
import { objectOf } from '../../schema/audit/audit-query.js';
import { decodeId } from '../../schema/global-id.js';
import { refuse } from '../errors/problem.js';
import type { RequestTokens } from './request-token.js';

export interface AuditRouteDeps {
  pool: Pool;
  prisma: PrismaClient;
  authenticator: Authenticator;
  tokens: RequestTokens;
}

const list = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => [given].flat())
  .optional();
const time = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .optional();

/** The filter of the query `audit`, each field by its name; lists by repeating it. */
const query = z.strictObject({
  from: time,
  before: time,
  actions: list.pipe(z.array(auditAction).optional()),
  personIds: list,
  siteIds: list,
  objectId: z.string().optional(),
});

/** GET /audit streams the audit trail as lines of JSON to those who may read it. That somebody took it is in it. */
export function auditRoute(
  server: FastifyInstance,
  { pool, prisma, authenticator, tokens }: AuditRouteDeps,
): void {
  server.get('/audit', { exposeHeadRoute: false }, async (request, reply) => {
    const viewer = await authenticator.lookUp(await tokens.of(request));
    if (viewer.auditedSiteIds.length === 0)
      return refuse(reply, 'NOT_FOUND', { message: 'There is no audit trail that you may read.' });
    const given = query.safeParse(request.query);
    if (!given.success)
      return refuse(reply, 'BAD_USER_INPUT', {
        message:
          'Give from and before as times with an offset, and actions, personIds, siteIds and objectId of this API.',
      });
    const filter = filterOf(given.data);
    await recordExport(pool, viewer, filter);
    return reply
      .header('content-type', 'application/x-ndjson')
      .header('content-disposition', 'attachment; filename="audit.jsonl"')
      .header('cache-control', 'no-store')
      .send(Readable.from(exportEntries(prisma, viewer, filter)));
  });
}

function filterOf({
  from,
  before,
  actions,
  personIds,
  siteIds,
  objectId,
}: z.infer<typeof query>): AuditFilter {
  return {
    from,
    before,
    actions,
    personIds: personIds?.map((id) => idOf('Person', id)),
    siteIds: siteIds?.map((id) => idOf('Site', id)),
    object: objectId === undefined ? null : objectOf(objectId),
  };
}

/** @throws ApiError */
function idOf(type: 'Person' | 'Site', globalId: string): string {
  const { typename, id } = decodeId(globalId);
  if (typename !== type) throw new ApiError('BAD_USER_INPUT', `This is no id of a ${type}.`);
  return id;
}

function recordExport(pool: Pool, viewer: Viewer, { from, before }: AuditFilter): Promise<void> {
  const { organizationId, personId } = viewer;
  const details = {
    ...(from && { from: from.toISOString() }),
    ...(before && { before: before.toISOString() }),
  };
  const object = { type: 'Organization', id: organizationId } as const;
  return asTenant(pool, viewer, (client) =>
    writeEntries(client, { organizationId, actor: { personId } }, [
      { action: 'AUDIT_EXPORTED', object, siteId: null, studyId: null, details },
    ]),
  );
}
