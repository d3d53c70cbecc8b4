import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dicomOf } from '@lucency/dev-stack';
import { type Destination, sendFiles } from '@lucency/dicom-service';
import { uniquePicture } from '../platform/pictures.js';

/** What was answered with success, once or several times. */
export interface StoredInstance {
  studyInstanceUid: string;
  sopInstanceUid: string;
}

const retryMs = 200;
const giveUpMs = 60_000;

const newUid = () => `2.25.${BigInt(`0x${randomUUID().replaceAll('-', '')}`)}`;

/** Sends instances as a modality does: each again and again until it is stored. @returns them once all are */
export async function sendInstances(
  to: Destination,
  count: number,
  { atOnce = 4 } = {},
): Promise<StoredInstance[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lucency-modality-'));
  const stored: StoredInstance[] = [];
  let left = count;
  const work = async () => {
    while (left > 0) {
      left -= 1;
      // Two images a study, from associations of their own.
      const studyInstanceUid = newUid();
      for (const _ of [1, 2]) {
        const instance = { studyInstanceUid, sopInstanceUid: newUid() };
        const facts = {
          ...instance,
          reference: `${studyInstanceUid.slice(-20)}`,
          ageMonths: 30,
          width: 700,
          height: 600,
        };
        const file = path.join(folder, `${instance.sopInstanceUid}.dcm`);
        await writeFile(file, dicomOf(await uniquePicture(), facts));
        await untilStored(to, file);
        stored.push(instance);
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, work));
  } finally {
    await rm(folder, { recursive: true });
  }
  return stored;
}

async function untilStored(to: Destination, file: string): Promise<void> {
  const giveUpAt = Date.now() + giveUpMs;
  for (;;) {
    let answer = '';
    await sendFiles([file], to, ({ status, comment }) => {
      answer = status === '0000' ? 'stored' : `${status} ${comment}`;
    });
    if (answer === 'stored') return;
    if (Date.now() > giveUpAt) throw new Error(`the port did not store an instance: ${answer}`);
    await sleep(retryMs);
  }
}
