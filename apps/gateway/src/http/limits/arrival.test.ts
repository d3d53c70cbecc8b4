import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../testing/test-gateway.js';

let gateway: TestGateway;
let siteId: string;
/** The floor of production, on a clock that runs thirty times as fast. */
const arrival = { silenceMs: 1_000, graceMs: 1_000, minBytesPerSecond: 8_000 };

beforeAll(async () => {
  gateway = await startTestGateway({}, { arrival });
  siteId = (await gateway.client('technologist-north').sites()).get('Harbour North') ?? '';
});
afterAll(() => gateway.close());

/** Sends so many bytes every tenth of a second, and then the rest never. @returns status and code */
async function send(bytes: number, atOnce: number, stopAfter = bytes): Promise<string> {
  const body = Buffer.alloc(bytes, 7);
  const { createUpload } = await gateway
    .client('technologist-north')
    .get<{ createUpload: { upload: { url: string } } }>(
      'mutation ($i: CreateUploadInput!) { createUpload(input: $i) { ... on CreateUploadPayload { upload { url } } } }',
      {
        i: { siteId, bytes, mediaType: 'IMAGE_PNG', sha256: createHash('sha256').update(body).digest('hex') },
      },
    );
  const { pathname, port } = new URL(createUpload.upload.url);
  const socket = connect(Number(port), 'localhost');
  let answer = '';
  socket.on('data', (data) => {
    answer += data;
  });
  socket.on('error', () => undefined);
  const lines = [
    `PUT ${pathname} HTTP/1.1`,
    'Host: x',
    'Content-Type: image/png',
    `Content-Length: ${bytes}`,
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  for (let sent = 0; sent < stopAfter && answer === ''; sent += atOnce) {
    socket.write(body.subarray(sent, Math.min(sent + atOnce, stopAfter)));
    await sleep(100);
  }
  await expect.poll(() => answer, { timeout: 5_000 }).not.toBe('');
  socket.destroy();
  const code = /"code":"([A-Z_]+)"/.exec(answer)?.[1];
  return [answer.split(' ')[1], code].filter(Boolean).join(' ');
}

it('stores what arrives slowly but at the pace, however long it takes', async () => {
  expect(await send(60_000, 1_500)).toBe('204');
});

it('refuses as TOO_SLOW what arrives below the pace, and what falls silent', async () => {
  expect(await send(60_000, 100)).toBe('408 TOO_SLOW');
  expect(await send(60_000, 30_000, 30_000)).toBe('408 TOO_SLOW');
  expect(gateway.log.filter(({ level }) => level === 'error')).toEqual([]);
});

it('takes the departure of a client for its own, not for a fault', async () => {
  const socket = connect(Number(new URL(gateway.url).port), 'localhost');
  socket.write(
    'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{',
  );
  await sleep(200);
  socket.destroy();
  await sleep(300);
  expect(gateway.log.filter(({ level }) => level === 'error')).toEqual([]);
});
