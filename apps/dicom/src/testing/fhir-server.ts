import { z } from 'zod';
import { startWebPeer, type TestArchive } from './archives.js';

const resource = z.looseObject({
  resourceType: z.string(),
  identifier: z.array(z.object({ system: z.string(), value: z.string() })),
});
type Resource = z.infer<typeof resource>;

const transaction = z.object({
  resourceType: z.literal('Bundle'),
  type: z.literal('transaction'),
  entry: z.array(
    z.object({
      fullUrl: z.string(),
      resource,
      request: z.object({ method: z.literal('PUT'), url: z.string() }),
    }),
  ),
});

export interface TestFhirServer extends TestArchive {
  /** By type and identifier. */
  resources: Map<string, Resource>;
}

/** As much of a FHIR R4 server as a report needs: search by identifier, and transactions of conditional updates. */
export async function startFhirServer(): Promise<TestFhirServer> {
  const resources = new Map<string, Resource>();
  const server = await startWebPeer((request, response) => {
    const url = new URL(request.url ?? '', 'http://server');
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      response.setHeader('content-type', 'application/fhir+json; charset=utf-8');
      const answer = (status: number, body: object) => response.writeHead(status).end(JSON.stringify(body));
      if (url.pathname === '/fhir/metadata')
        return answer(200, { resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' });
      if (request.method === 'GET') {
        const found = resources.get(
          `${url.pathname.split('/').at(-1)}?${url.searchParams.get('identifier')}`,
        );
        return answer(200, {
          resourceType: 'Bundle',
          type: 'searchset',
          ...(found && { entry: [{ resource: found }] }),
        });
      }
      const bundle = transaction.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
      const entry = bundle.entry.map((each) => {
        const [type = '', query = ''] = each.request.url.split('?');
        const key = `${type}?${new URLSearchParams(query).get('identifier')}`;
        const status = resources.has(key) ? '200 OK' : '201 Created';
        resources.set(key, each.resource);
        return { response: { status } };
      });
      return answer(200, { resourceType: 'Bundle', type: 'transaction-response', entry });
    });
  });
  return { ...server, resources };
}
