import { drawPhantom } from '@lucency/imaging';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../testing/test-gateway.js';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway({ ADMISSION_MAX_WAIT_SECONDS: '3600' });
});
afterAll(() => gateway.close());

async function submitted(site: string, subject: string, patientReference: string, seed: number) {
  const client = gateway.client(subject);
  const siteId = (await client.sites()).get(site) ?? '';
  const bytes = await drawPhantom({ seed, width: 300, height: 260 });
  return client.submitImage({ siteId, bytes, patientReference });
}

async function priorsOf(id: string, first?: number): Promise<string[]> {
  const { study } = await gateway
    .client('administrator-harbour')
    .get<{ study: { priors: { id: string }[] } }>(
      'query ($id: ID!, $first: Int) { study(id: $id) { priors(first: $first) { id } } }',
      { id, first },
    );
  return study.priors.map((prior) => prior.id);
}

it('a study knows the earlier ones of its patient at its site, and none of another patient, site or withdrawal', async () => {
  const north = (reference: string, seed: number) =>
    submitted('Harbour North', 'technologist-north', reference, seed);
  const first = await north('P-7', 1);
  const second = await north('P-7', 2);
  await north('P-77', 3);
  await submitted('Harbour South', 'technologist-south', 'P-7', 4);
  const withdrawn = await north('P-7', 5);
  await gateway
    .client('technologist-north')
    .get('mutation ($input: WithdrawStudyInput!) { withdrawStudy(input: $input) { __typename } }', {
      input: { studyId: withdrawn, reason: 'Wrong patient' },
    });
  const latest = await north('P-7', 6);
  expect(await priorsOf(latest)).toEqual([second, first]);
  expect(await priorsOf(latest, 1)).toEqual([second]);
  expect(await priorsOf(first)).toEqual([]);
});
