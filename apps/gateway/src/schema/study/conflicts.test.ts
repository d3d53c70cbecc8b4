import { randomUUID } from 'node:crypto';
import { drawPhantom } from '@lucency/imaging';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordResults } from '../../coordination/record-results.js';
import { startTestGateway, type TestGateway } from '../../testing/test-gateway.js';
import { resultFor, tasksOf } from '../../testing/test-studies.js';
import { decodeId } from '../global-id.js';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway({ ADMISSION_MAX_WAIT_SECONDS: '3600' });
});
afterAll(() => gateway.close());

it('say which study is in the way under the same name as a success, so that one selection serves both', async () => {
  const client = gateway.client('technologist-north');
  const siteId = (await client.sites()).get('Harbour North') ?? '';
  const bytes = await drawPhantom({ seed: 11, width: 300, height: 260 });
  const submission = { siteId, bytes, patientReference: randomUUID() };
  const failed = await client.submitImage(submission);
  const [task] = await tasksOf(gateway.workerPool, decodeId(failed).id);
  if (!task) throw new Error('no task');
  await recordResults(gateway.workerPool, task.organization_id, [
    resultFor(task, { outcome: 'failed', reason: 'INTERNAL' }),
  ]);
  const newer = await client.submitImage(submission);
  const { retryStudy } = await client.get<{ retryStudy: { __typename: string; study: { id: string } } }>(
    `mutation ($id: ID!) { retryStudy(input: { studyId: $id }) { __typename
      ... on RetryStudyPayload { study { id } } ... on ConflictError { study { id } } } }`,
    { id: failed },
  );
  expect(retryStudy).toEqual({ __typename: 'ConflictError', study: { id: newer } });
});
