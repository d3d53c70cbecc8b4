import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawInstance } from '../testing/drawn-instance.js';
import { openTestPort, type TestPort } from '../testing/test-port.js';
import { type Sent, sendFiles } from './send-files.js';

let tested: TestPort;
let folder: string;
beforeAll(async () => {
  tested = await openTestPort();
  folder = await mkdtemp(path.join(tmpdir(), 'lucency-send-'));
});
afterAll(async () => {
  await tested.close();
  await rm(folder, { recursive: true });
});

async function send(files: string[], called = 'LUCENCY', port = tested.port): Promise<Sent[]> {
  const sent: Sent[] = [];
  const to = { host: '127.0.0.1', port, called, calling: 'SEND' };
  await sendFiles(files, to, (each) => sent.push(each));
  return sent;
}

it('sends each file as it is, tells of each, and names what is no DICOM file', async () => {
  const instances = [drawInstance(), drawInstance()];
  const files = await Promise.all(
    instances.map(async ({ file }, index) => {
      const name = path.join(folder, `${index}.dcm`);
      await writeFile(name, file);
      return name;
    }),
  );
  const text = path.join(folder, 'letter.txt');
  await writeFile(text, 'a letter '.repeat(100));
  const sent = await send([text, ...files]);
  expect(sent[0]).toMatchObject({ file: text, status: undefined });
  expect(sent.slice(1)).toMatchObject(files.map((file) => ({ file, status: '0000' })));
  for (const { sopInstanceUid, dataSet } of instances) {
    expect((await tested.intake.dataSet(sopInstanceUid)).equals(dataSet)).toBe(true);
  }
});

it('says why nothing was sent', async () => {
  const name = path.join(folder, 'one.dcm');
  await writeFile(name, drawInstance().file);
  expect(await send([name], 'OTHER')).toMatchObject([
    { comment: expect.stringContaining('called AE title') },
  ]);
  expect(await send([name], 'LUCENCY', 9)).toMatchObject([
    { comment: expect.stringContaining('ECONNREFUSED') },
  ]);
});
