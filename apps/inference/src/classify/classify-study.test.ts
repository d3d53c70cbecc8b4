import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BlobStore, createBlobStore } from '@lucency/blobs';
import {
  createImagePreparer,
  drawPhantom,
  drawRefusedSample,
  HeavyLaneFull,
  type ImagePreparer,
  Places,
} from '@lucency/imaging';
import { type ClassifyJob, readingResult } from '@lucency/messaging';
import { type Engine, locateModel, type ModelCard, readModelCard } from '@lucency/model/card';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from '../adapters/open-engine.js';
import { classifyStudy } from './classify-study.js';

const folder = mkdtempSync(join(tmpdir(), 'lucency-classify-'));
const blobs = createBlobStore(pathToFileURL(folder).href);
const largeFiles = new Places(1, 1);
let engine: Engine;
let card: ModelCard;
let preparer: ImagePreparer;

beforeAll(async () => {
  const modelDir = await locateModel();
  card = await readModelCard(modelDir);
  engine = await openEngine({ name: 'onnx-int8', modelDir, threads: 1 });
  preparer = createImagePreparer({ processes: 1 });
});
afterAll(async () => {
  await Promise.all([engine?.close(), preparer?.close()]);
  rmSync(folder, { recursive: true });
});

async function jobFor(bytes: Uint8Array, stored = bytes): Promise<ClassifyJob> {
  const id = randomUUID();
  await blobs.write(`images/${id}`, stored);
  return {
    version: 1,
    kind: 'classify',
    taskId: randomUUID(),
    attempt: 1,
    tries: 0,
    priority: 'ROUTINE',
    organizationId: randomUUID(),
    studyId: randomUUID(),
    image: {
      id,
      blobKey: `images/${id}`,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      bytes: bytes.length,
    },
  };
}

const classify = (job: ClassifyJob, store: Pick<BlobStore, 'read'> = blobs) =>
  classifyStudy(job, { blobs: store, largeFiles, preparer, engine, card });

describe('one study', () => {
  it('is read: probability, decision against the threshold, 49 numbers of evidence', async () => {
    const outcome = await classify(await jobFor(await drawPhantom({ seed: 1 })));
    if (outcome.outcome !== 'read') throw new Error(outcome.outcome);
    const reading = readingResult.parse(outcome.reading);
    expect(reading).toMatchObject({ modelId: card.id, threshold: card.threshold, width: 1500, height: 1200 });
    expect(reading.decision).toBe(reading.probability >= card.threshold ? 'PNEUMONIA' : 'NORMAL');
    expect(Object.keys(outcome.timings)).toEqual(['fetch', 'prepare', 'wait', 'infer']);
  });

  it('is read with what the model may claim of it, and with what was noticed on the way', async () => {
    const negatives: Pick<ImagePreparer, 'prepare'> = {
      prepare: async (bytes) => {
        const prepared = await preparer.prepare(bytes);
        return prepared.ok ? { ok: true, value: { ...prepared.value, inverted: true } } : prepared;
      },
    };
    const level = { coverage: 0.95, normalUpTo: 1, pneumoniaFrom: 0 };
    const outcome = await classifyStudy(await jobFor(await drawPhantom({ seed: 1 })), {
      blobs,
      largeFiles,
      preparer: negatives,
      engine,
      card: { ...card, conformal: [level] },
    });
    expect(outcome).toMatchObject({
      reading: {
        cautions: expect.arrayContaining(['INVERTED']),
        claims: [{ coverage: 0.95, says: 'CANNOT_TELL' }],
      },
    });
  });

  it('is read the same whatever else is in the batch', async () => {
    const phantoms = await Promise.all([1, 2, 3, 4, 5].map((seed) => drawPhantom({ seed })));
    const jobs = await Promise.all(phantoms.map((bytes) => jobFor(bytes)));
    const together = await Promise.all(jobs.map((job) => classify(job)));
    for (const [at, job] of jobs.entries()) {
      const alone = await classify(job);
      const batched = together[at];
      if (alone.outcome !== 'read' || batched?.outcome !== 'read') throw new Error('not read');
      expect(batched.reading.logit).toBeCloseTo(alone.reading.logit, 3);
    }
  });

  it.each(['page', 'photograph', 'blank'] as const)('is refused when it is a %s', async (kind) => {
    const outcome = await classify(await jobFor(await drawRefusedSample(kind)));
    expect(outcome).toMatchObject({
      outcome: 'refused',
      reason: kind === 'blank' ? 'BLANK' : 'NOT_CHEST_XRAY',
    });
  });

  it('is refused after the model when neither shape nor texture is that of a chest, not for one of them', async () => {
    const unlikely: Pick<ImagePreparer, 'prepare'> = {
      prepare: async (bytes) => {
        const prepared = await preparer.prepare(bytes);
        if (!prepared.ok) return prepared;
        const measures = { ...prepared.value.measures, likeness: 0.45, unexplained: 0.7 };
        return { ok: true, value: { ...prepared.value, measures } };
      },
    };
    const { typicality } = card;
    if (!typicality) throw new Error('the card says nothing of textures');
    const job = await jobFor(await drawPhantom({ seed: 1 }));
    const outcome = (shape: Pick<ImagePreparer, 'prepare'>, far: number) =>
      classifyStudy(job, {
        blobs,
        largeFiles,
        preparer: shape,
        engine,
        card: { ...card, typicality: { ...typicality, far } },
      });
    const never = 1e6;
    expect(await outcome(unlikely, 1e-3)).toMatchObject({ outcome: 'refused', reason: 'NOT_CHEST_XRAY' });
    expect(await outcome(unlikely, never)).toMatchObject({ outcome: 'read' });
    expect(await outcome(preparer, 1e-3)).toMatchObject({ outcome: 'read' });
  });

  it('is hopeless when its image is gone or is not the one that was submitted', async () => {
    const phantom = await drawPhantom({ seed: 1, width: 300, height: 240 });
    const missing = await jobFor(phantom);
    await blobs.delete(missing.image.blobKey);
    expect(await classify(missing)).toMatchObject({ outcome: 'hopeless', reason: 'IMAGE_MISSING' });
    const swapped = await jobFor(phantom, await drawPhantom({ seed: 2, width: 300, height: 240 }));
    expect(await classify(swapped)).toMatchObject({ outcome: 'hopeless', reason: 'CONTENT_MISMATCH' });
  });

  it('gives its slot back, without blame, while others of its size are in hand', async () => {
    const full: Pick<ImagePreparer, 'prepare'> = {
      prepare: () => Promise.reject(new HeavyLaneFull('enough heavy pictures wait')),
    };
    const job = await jobFor(await drawPhantom({ seed: 1, width: 300, height: 240 }));
    const waits = { outcome: 'later', jobAtFault: false };
    expect(await classifyStudy(job, { blobs, largeFiles, preparer: full, engine, card })).toMatchObject(
      waits,
    );

    const large = { ...job, image: { ...job.image, bytes: 50e6 } };
    const leave = largeFiles.takeNow('ROUTINE');
    expect(await classify(large)).toMatchObject(waits);
    expect(await classify({ ...large, priority: 'STAT' })).toMatchObject({ outcome: 'read' });
    leave?.();
    expect(await classify(large)).toMatchObject({ outcome: 'read' });
  });

  it('waits without blame while the blob store is away', async () => {
    const gone = mkdtempSync(join(tmpdir(), 'lucency-gone-'));
    const away = createBlobStore(pathToFileURL(gone).href);
    rmSync(gone, { recursive: true });
    const job = await jobFor(await drawPhantom({ seed: 1, width: 300, height: 240 }));
    expect(await classify(job, away)).toMatchObject({ outcome: 'later', delaySeconds: 5, jobAtFault: false });
  });
});
