import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../testing/test-gateway.js';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway?.close());

async function administeredBy(subject: string): Promise<string[]> {
  const { viewer } = await gateway
    .client(subject)
    .get<{ viewer: { sites: { name: string; viewerCanAdministrate: boolean }[] } }>(
      '{ viewer { sites { name viewerCanAdministrate } } }',
    );
  return viewer.sites.filter((site) => site.viewerCanAdministrate).map(({ name }) => name);
}

it('tells administrators which sites are theirs to set up, and everybody else of none', async () => {
  expect((await administeredBy('administrator-harbour')).sort()).toEqual(['Harbour North', 'Harbour South']);
  for (const subject of ['technologist-north', 'radiologist-both', 'lucency-demo-client'])
    expect(await administeredBy(subject)).toEqual([]);
});
