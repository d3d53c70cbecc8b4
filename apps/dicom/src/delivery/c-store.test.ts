import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { contextOf } from '../results/common-elements.js';
import { structuredReport } from '../results/structured-report.js';
import {
  dicomAt,
  startAnsweringArchive,
  startPeer,
  startStoreScp,
  type TestArchive,
} from '../testing/archives.js';
import { lacking, said } from '../testing/installed.js';
import { sampleResult } from '../testing/sample-result.js';
import { openTestPort } from '../testing/test-port.js';
import { Delivery } from './index.js';

const folder = mkdtempSync(path.join(tmpdir(), 'lucency-c-store-'));
const open: { close(): Promise<void> | void }[] = [];
const limits = { connectSeconds: 1, exchangeSeconds: 2, maxAnswerBytes: 200_000 };
const delivery = new Delivery({ secrets: async () => undefined, limits });
afterAll(async () => {
  delivery.close();
  for (const each of open) await each.close();
  rmSync(folder, { recursive: true });
});

async function using<Archive extends { close(): Promise<void> }>(
  starting: Promise<Archive>,
): Promise<Archive> {
  const archive = await starting;
  open.push(archive);
  return archive;
}

/** The rejection of a whole association (PS3.8, 9.3.4): result, source, reason. */
function rejecting(result: number, source: number, reason: number): Promise<TestArchive> {
  return startPeer((socket) =>
    socket.once('data', () => socket.end(Buffer.from([3, 0, 0, 0, 0, 4, 0, result, source, reason]))),
  );
}

function flood(socket: Socket): void {
  const header = Buffer.from([2, 0, 0xff, 0xff, 0xff, 0xf0]);
  socket.write(header);
  const more = () => {
    while (socket.writable && socket.write(Buffer.alloc(65_536, 1)));
  };
  socket.on('drain', more);
  more();
}

const peers: [string, () => Promise<TestArchive>, string][] = [
  ['nobody listens', async () => ({ port: 9, close: async () => undefined }), 'UNREACHABLE'],
  ['it says nothing', () => startPeer(() => undefined), 'TIMED_OUT'],
  ['it hangs up at once', () => startPeer((socket) => socket.destroy()), 'NOT_UNDERSTOOD'],
  [
    'it is no archive',
    () => startPeer((socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n')),
    'NOT_UNDERSTOOD',
  ],
  ['it never stops talking', () => startPeer(flood), 'NOT_UNDERSTOOD'],
  [
    'it drips',
    () => startPeer((socket) => setInterval(() => socket.write('\x02'), 300).unref()),
    'TIMED_OUT',
  ],
  ['it has no room for associations', () => rejecting(2, 3, 1), 'BUSY'],
  ['it does not know the AE title', () => rejecting(1, 1, 7), 'ASSOCIATION_REJECTED'],
  ['its largest PDU holds nothing', () => startAnsweringArchive(0, 4), 'NOT_UNDERSTOOD'],
];

it.each(peers)('tries again, within the deadline, where %s', async (_, start, reason) => {
  const { port } = await using(start());
  const { result } = await sampleResult({ heatmap: null });
  const began = Date.now();
  expect(await delivery.deliver(result, dicomAt(port))).toEqual({ kind: 'again', reason });
  expect(await delivery.echo(dicomAt(port))).toMatchObject({ kind: 'again' });
  // Two tries of two seconds at most.
  expect(Date.now() - began).toBeLessThan(5_500);
});

const statuses: [number, object][] = [
  [0x0000, { kind: 'delivered' }],
  [0xb000, { kind: 'delivered' }],
  [0x0111, { kind: 'delivered' }],
  [0xa700, { kind: 'again', reason: 'BUSY' }],
  [0x0110, { kind: 'again', reason: 'FAILED' }],
  [0x0124, { kind: 'again', reason: 'NOT_AUTHORIZED' }],
  [0xa900, { kind: 'hopeless', reason: 'OBJECT_REFUSED' }],
  [0xc123, { kind: 'hopeless', reason: 'OBJECT_REFUSED' }],
  [0x0122, { kind: 'hopeless', reason: 'CLASS_NOT_SUPPORTED' }],
];

it.each(statuses)('takes the status %i as what it means', async (status, outcome) => {
  const { port } = await using(startAnsweringArchive(status));
  const { result } = await sampleResult();
  expect(await delivery.deliver(result, dicomAt(port))).toEqual(outcome);
});

it('stores what an archive takes, and says that it does not take the rest', async () => {
  // Our own port: images, and no reports.
  const port = await using(openTestPort());
  const { result } = await sampleResult();
  expect(await delivery.deliver(result, dicomAt(port.port, { aeTitle: 'LUCENCY' }))).toEqual({
    kind: 'hopeless',
    reason: 'CLASS_NOT_SUPPORTED',
  });
  expect(port.statuses).toEqual(['0000']);
});

it('stores the report where its picture cannot be drawn, and tries that again', async () => {
  const port = await using(startAnsweringArchive(0));
  const { result } = await sampleResult();
  const heatmap = { presentation: 'PLAIN', png: Buffer.from('no picture') } as const;
  const outcome = await delivery.deliver({ ...result, heatmap }, dicomAt(port.port));
  expect(outcome).toEqual({ kind: 'again', reason: 'NO_PICTURE' });
});

it('sends nothing about an image that came as no DICOM', async () => {
  const { result } = await sampleResult({ source: null });
  const outcome = { kind: 'hopeless', reason: 'SOURCE_NOT_DICOM' };
  expect(await delivery.deliver(result, dicomAt(9))).toEqual(outcome);
  expect(await delivery.deliver({ ...result, source: Buffer.from('no picture') }, dicomAt(9))).toEqual(
    outcome,
  );
});

describe.skipIf(lacking(['storescp', 'dciodvfy']))(`to DCMTK${lacking(['storescp', 'dciodvfy'])}`, () => {
  it('sends the bytes that it made', async () => {
    const archive = await using(startStoreScp(['+B', '+xe']));
    const { result } = await sampleResult({ heatmap: null });
    expect(await delivery.deliver(result, dicomAt(archive.port))).toEqual({ kind: 'delivered' });
    const context = contextOf(result);
    if (!context) throw new Error('the sample has a context');
    const [stored] = await archive.files();
    expect(dataSetOf(stored).equals(dataSetOf(structuredReport(result, context).file))).toBe(true);
  });

  it('sends valid objects in implicit VR where nothing else is taken', async () => {
    const archive = await using(startStoreScp(['+xi']));
    const { result } = await sampleResult();
    expect(await delivery.deliver(result, dicomAt(archive.port))).toEqual({ kind: 'delivered' });
    const files = await archive.files();
    expect(files).toHaveLength(2);
    for (const [index, file] of files.entries()) {
      const name = path.join(folder, `implicit-${index}.dcm`);
      writeFileSync(name, file);
      expect(said('dciodvfy', [name])).not.toMatch(/^Error/m);
    }
  });

  it('speaks TLS with the authority it was given, and with no other', async () => {
    const [key, certificate] = [path.join(folder, 'key.pem'), path.join(folder, 'certificate.pem')];
    const kind = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=pacs'];
    const names = ['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', certificate];
    execFileSync('openssl', ['req', ...kind, ...names], { stdio: 'ignore' });
    const archive = await using(startStoreScp(['+tls', key, certificate, '-ic']));
    const { result } = await sampleResult();
    const destination = dicomAt(archive.port, { tls: true });
    expect(await delivery.deliver(result, destination)).toEqual({
      kind: 'again',
      reason: 'CERTIFICATE_REFUSED',
    });
    const trusting = new Delivery({
      secrets: async () => undefined,
      clientTls: { ca: readFileSync(certificate) },
    });
    open.push(trusting);
    expect(await trusting.deliver(result, destination)).toEqual({ kind: 'delivered' });
    expect(await archive.files()).toHaveLength(2);
  });
});

function dataSetOf(file: Buffer = Buffer.alloc(0)): Buffer {
  return file.subarray(144 + file.readUInt32LE(140));
}
