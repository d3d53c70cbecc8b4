import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { LucencyClient } from '@lucency/client';
import { ask as askByHand, type Stack, services, siteNamed } from '@lucency/dev-stack';
import { drawPhantom, withJpegComment } from '@lucency/imaging';
import { connectToNats } from '@lucency/messaging';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OtlpReceiver, startOtlpReceiver } from './otlp-receiver.js';
import { type RunningStack, startServices } from './running-portal.js';

/** What no one but the site's own people may ever read; each is planted where a client can write. */
const planted = {
  reference: 'Quillfeather^Marigold',
  birthDate: '2023-02-17',
  accession: 'ACC-Quillfeather-77',
  idempotencyKey: 'key-of-Quillfeather',
  comment: 'PatientName=Quillfeather 19',
  exif: 'Exif\0\0Quillfeather 2023:02:17',
  operation: 'ReadQuillfeatherMarigold',
  alias: 'quillfeather20230217',
  reason: 'mixed up with Quillfeather of room 7',
};
const canary = /quillfeather|marigold|2023.?02.?17|ACC-/i;

let receiver: OtlpReceiver;
let running: RunningStack;
let stack: Stack;
let north: string;
let image: Uint8Array;
const onNats: string[] = [];

beforeAll(async () => {
  receiver = await startOtlpReceiver();
  const observed = services
    .filter(({ name }) => name !== 'web')
    .map((service) => ({
      ...service,
      env: (around: Parameters<typeof service.env>[0]) => ({
        ...service.env(around),
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        LOG_LEVEL: 'debug',
      }),
    }));
  running = await startServices(observed);
  ({ stack } = running);
  image = await drawPhantom({ seed: 7, pneumonia: true, width: 800, height: 640 });
  north = await siteNamed(client(), 'Harbour North');
  const nats = await connectToNats({ servers: stack.around.natsUrl, name: 'canary' });
  nats.subscribe('>', {
    callback: (_error, message) => {
      const headers = [...(message.headers ?? [])].map(([key, values]) => `${key}: ${values.join()}`);
      onNats.push([message.subject, ...headers].join(' '));
    },
  });
  await nats.flush();
  closeNats = () => nats.close();
}, 240_000);
let closeNats: () => Promise<void> = async () => undefined;

afterAll(async () => {
  await closeNats();
  await running?.close();
  await receiver?.close();
}, 60_000);

function client(traceparent?: string): LucencyClient {
  return running.client('technologist-north', traceparent ? { traceparent } : {});
}

async function untilExplained(id: string): Promise<void> {
  await expect
    .poll(async () => (await client().study(id))?.explanationState, { timeout: 60_000 })
    .toMatch(/READY|WITHHELD/);
}

async function scrape(): Promise<string> {
  const { gatewayHealth, inferenceHealth, explainHealth } = stack.around.ports;
  const pages = [gatewayHealth, inferenceHealth, explainHealth].map(async (port) =>
    (await fetch(`http://127.0.0.1:${port}/metrics`)).text(),
  );
  return (await Promise.all(pages)).join('\n');
}

function logs(): string {
  return ['gateway', 'inference', 'explain']
    .map((name) => readFileSync(stack.around.home.logFile(name), 'utf8'))
    .join('\n');
}

describe('what leaves the platform', () => {
  it('is one trace from the click to the recorded heatmap, which the log lines name too', async () => {
    const traceId = randomBytes(16).toString('hex');
    const click = randomBytes(8).toString('hex');
    const facts = { siteId: north, patientReference: 'one trace', priority: 'STAT' } as const;
    const { study } = await client(`00-${traceId}-${click}-01`).submit(image, facts);
    await untilExplained(study.id);
    const found = () => receiver.spans.filter((span) => span.traceId === traceId);
    const one = (name: string) => found().find((span) => span.name === name);
    // Each service sends its spans every two seconds.
    const path = ['classify', 'explain'].flatMap((kind) => [`dispatch ${kind}`, kind, `record ${kind}`]);
    await expect.poll(() => path.filter((name) => !one(name)), { timeout: 20_000 }).toEqual([]);

    // createUpload, the bytes, submitStudy.
    const requests = found().filter(({ parentSpanId }) => parentSpanId === click);
    expect(requests.map(({ name }) => name).sort()).toEqual([
      'POST /graphql',
      'POST /graphql',
      'PUT /uploads/:token',
    ]);
    for (const kind of ['classify', 'explain']) {
      const [dispatched, worked, recorded] = [`dispatch ${kind}`, kind, `record ${kind}`].map(one);
      expect(requests.map(({ spanId }) => spanId)).toContain(dispatched?.parentSpanId);
      expect(worked?.parentSpanId).toBe(dispatched?.spanId);
      expect(recorded?.parentSpanId).toBe(worked?.spanId);
    }
    expect(one('classify')?.service).toBe('inference');
    expect(one('explain')?.service).toBe('explain');
    const told = logs()
      .split('\n')
      .filter((line) => line.includes(traceId) && line.includes('job answered'));
    expect(told).toHaveLength(2);
  });

  it('is measured: requests, submissions, results, waiting, steps, batches, backlog and pools', async () => {
    const page = await scrape();
    for (const line of [
      /^lucency_graphql_duration_seconds_count\{field="submitStudy",outcome="ok"\} [1-9]/m,
      /^lucency_http_duration_seconds_count\{route="upload",outcome="ok"\} [1-9]/m,
      /^lucency_submissions_total\{priority="STAT",outcome="created"\} 1$/m,
      /^lucency_results_total\{kind="classify",outcome="(read|refused)",reason="\w+"\} [1-9]/m,
      /^lucency_time_to_reading_seconds_count\{priority="STAT"\} 1$/m,
      /^lucency_job_duration_seconds_count\{kind="classify",priority="STAT",outcome="answered"\} 1$/m,
      /^lucency_job_step_seconds_count\{kind="classify",step="infer"\} 1$/m,
      /^lucency_engine_batch_images_count 1$/m,
      /^lucency_reading_probability_count 1$/m,
      /^lucency_backlog_age_seconds\{kind="classify",priority="ROUTINE"\} 0$/m,
      /^lucency_postgres_connections_limit\{pool="app"\} 10$/m,
      /^lucency_blob_duration_seconds_count\{operation="read",outcome="ok"\} [1-9]/m,
      /^lucency_nats_connected 1$/m,
    ]) {
      expect(page).toMatch(line);
    }
  });

  it('names no patient: not in logs, metrics, traces, subjects, headers, file names or error answers', async () => {
    const segment = Buffer.concat([
      Buffer.from([0xff, 0xe1, 0, planted.exif.length + 2]),
      Buffer.from(planted.exif),
    ]);
    const commented = withJpegComment(image, planted.comment);
    const bytes = Buffer.concat([commented.subarray(0, 2), segment, commented.subarray(2)]);
    const { gatewayUrl, signIn } = stack.around;
    const as = { endpoint: `${gatewayUrl}/graphql`, token: await signIn.tokenFor('technologist-north') };
    // A path names the client's own aliases: GraphQL says so, and they come back to nobody else.
    const told: string[] = [];
    const ask = async (query: string, variables: Record<string, unknown> = {}) => {
      const answer = await askByHand<Record<string, { study?: { id: string }; message?: string }>>(
        as,
        query,
        variables,
      );
      for (const { message, extensions } of answer.errors ?? [])
        told.push(JSON.stringify({ message, extensions }));
      told.push(...Object.values(answer.data ?? {}).map((each) => each?.message ?? ''));
      return answer;
    };

    const about = { siteId: north, patientReference: planted.reference };
    const uploadId = (await client().upload(bytes, about)).id;
    const input = {
      siteId: north,
      patientReference: planted.reference,
      patientBirthDate: planted.birthDate,
      accessionNumber: planted.accession,
      uploadIds: [uploadId],
      idempotencyKey: planted.idempotencyKey,
    };
    const submit = `mutation ${planted.operation}($input: SubmitStudyInput!) {
      ${planted.alias}: submitStudy(input: $input) { ... on SubmitStudyPayload { study { id } } ... on Error { code message } } }`;
    const submitted = await ask(submit, { input });
    const id = submitted.data?.[planted.alias]?.study?.id ?? '';
    await untilExplained(id);

    // Answers that fail, as expected and by mistakes of the client, with the words in every place.
    await ask(submit, { input: { ...input, patientAgeMonths: 30 } });
    await ask(submit, { input: { ...input, patientReference: { name: planted.reference } } });
    await ask(submit, { input: { ...input, patientBirthDate: `${planted.birthDate}T00` } });
    await ask(submit, { input: { ...input, uploadIds: [planted.reference] } });
    await ask(`query ${planted.operation} { ${planted.alias}: study(id: "${planted.reference}") { id } }`);
    await ask(
      `mutation ${planted.operation} { ${planted.alias}: withdrawStudy(input: { studyId: "${id}", reason: "${planted.reason}" }) {
        ... on WithdrawStudyPayload { study { id } } } }`,
    );

    await expect
      .poll(() => receiver.spans.filter(({ name }) => name === 'record explain').length, { timeout: 20_000 })
      .toBe(2);
    const blobs = readdirSync(fileURLToPath(stack.around.blobStoreUrl), { recursive: true }).map(String);
    const left = {
      logs: logs().split('\n'),
      metrics: (await scrape()).split('\n'),
      traces: receiver.bodies,
      nats: onNats,
      blobs,
      errors: told,
    };
    // Each was really looked at.
    expect(left.logs.filter((line) => line.includes('job answered')).length).toBeGreaterThanOrEqual(4);
    expect(left.metrics.length).toBeGreaterThan(100);
    expect(
      left.nats.some((line) => line.startsWith('jobs.classify.') && line.includes('traceparent: 00-')),
    ).toBe(true);
    expect(left.blobs.length).toBeGreaterThanOrEqual(4);
    expect(left.errors.join()).toContain('BAD_USER_INPUT');
    for (const [place, lines] of Object.entries(left)) {
      expect(
        lines.filter((line) => canary.test(line)),
        place,
      ).toEqual([]);
    }
  });
});
