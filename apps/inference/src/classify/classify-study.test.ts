import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BlobStore, createBlobStore } from '@lucency/blobs';
import { type ClassifyJob, readingResult, wholePicture } from '@lucency/contracts';
import {
  createImagePreparer,
  drawPhantom,
  drawRefusedSample,
  HeavyLaneFull,
  type ImagePreparer,
  Places,
} from '@lucency/imaging';
import {
  type Classification,
  type Engine,
  locateModel,
  type ModelCard,
  readModelCard,
} from '@lucency/model/card';
import { openEngine } from '@lucency/reading';
import { createLungFinder, type LungFinder } from '@lucency/reading/lungs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClassifyDeps, classifyStudy } from './classify-study.js';

const folder = mkdtempSync(join(tmpdir(), 'lucency-classify-'));
const blobs = createBlobStore(pathToFileURL(folder).href);
const largeFiles = new Places(1, 1);
let engine: Engine;
let card: ModelCard;
let preparer: ImagePreparer;
let lungs: LungFinder;

beforeAll(async () => {
  const modelDir = await locateModel();
  card = await readModelCard(modelDir);
  engine = await openEngine({ name: 'onnx-int8', modelDir, threads: 1 });
  preparer = createImagePreparer({ processes: 1 });
  lungs = await createLungFinder();
});
afterAll(async () => {
  await Promise.all([engine?.close(), preparer?.close(), lungs?.close()]);
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
  classifyStudy(job, { blobs: store, largeFiles, preparer, lungs, engine, card });

describe('one study', () => {
  it('is read: probability, decision against the threshold, 49 numbers of evidence', async () => {
    const outcome = await classify(await jobFor(await drawPhantom({ seed: 1 })));
    if (outcome.outcome !== 'read') throw new Error(outcome.outcome);
    const reading = readingResult.parse(outcome.reading);
    expect(reading).toMatchObject({ modelId: card.id, threshold: card.threshold, width: 1500, height: 1200 });
    expect(reading.decision).toBe(reading.probability >= card.threshold ? 'PNEUMONIA' : 'NORMAL');
    expect(Object.keys(outcome.timings)).toEqual(['fetch', 'prepare', 'lungs', 'wait', 'infer']);
  });

  it('is read by the model that its job names, and by no other', async () => {
    const job = await jobFor(await drawPhantom({ seed: 1 }));
    expect(await classify({ ...job, modelId: card.id })).toMatchObject({ reading: { modelId: card.id } });
    const other = await classify({ ...job, modelId: 'another-model' });
    expect(other).toMatchObject({ outcome: 'later', jobAtFault: false });
  });

  it('is read with what the model may claim of it, and with what was noticed on the way', async () => {
    const negatives: Pick<ImagePreparer, 'prepare'> = {
      prepare: async (bytes) => {
        const prepared = await preparer.prepare(bytes);
        return prepared.ok ? { ok: true, value: { ...prepared.value, inverted: true } } : prepared;
      },
    };
    const level = { coverage: 0.95, normalUpTo: 1, pneumoniaFrom: 0 };
    const looking = (cell: number): Pick<ClassifyDeps, 'engine' | 'card'> => ({
      card: { ...card, conformal: [level], typicality: undefined },
      engine: {
        ...engine,
        classify: async (input) => ({
          ...(await engine.classify(input)),
          logit: 5,
          evidence: Float32Array.from({ length: 49 }, (_, at) => (at === cell ? 1 : -0.01)),
        }),
      },
    });
    const deps = { blobs, largeFiles, preparer: negatives, lungs };
    const job = await jobFor(await drawPhantom({ seed: 8 }));
    const outcome = await classifyStudy(job, { ...deps, ...looking(22) });
    expect(outcome).toMatchObject({
      reading: {
        cautions: expect.arrayContaining(['INVERTED']),
        claims: [{ coverage: 0.95, says: 'CANNOT_TELL', source: null }],
      },
    });
    // Its evidence lies outside the lungs: no calibration covers that.
    const doubted = await classifyStudy(job, { ...deps, ...looking(6) });
    expect(doubted).toMatchObject({
      reading: { cautions: expect.arrayContaining(['EVIDENCE_OUTSIDE_LUNGS']), claims: [] },
    });
  });

  it('says what type a pneumonia looks like, and nothing of a normal image or one that no calibration covers', async () => {
    const middle = Float32Array.from({ length: 49 }, (_, cell) => (cell === 22 ? 1 : -0.01));
    const corner = Float32Array.from({ length: 49 }, (_, cell) => (cell === 6 ? 1 : -0.01));
    const told: NonNullable<ModelCard['types']> = {
      classes: ['NORMAL', 'BACTERIAL', 'VIRAL'],
      temperature: 1,
      bacterialFrom: 0.8,
      viralFrom: 0.8,
    };
    const asTrained = { ...card, typicality: undefined, types: told };
    const job = await jobFor(await drawPhantom({ seed: 1 }));
    const typeOf = async (answer: Partial<Classification>, threshold = 0) => {
      const outcome = await classifyStudy(job, {
        blobs,
        largeFiles,
        preparer,
        lungs,
        card: { ...asTrained, threshold },
        engine: {
          ...engine,
          classify: async (input) => ({ ...(await engine.classify(input)), evidence: middle, ...answer }),
        },
      });
      if (outcome.outcome !== 'read') throw new Error(outcome.outcome);
      return readingResult.parse(outcome.reading).type;
    };
    const types = Float32Array.of(-2, 3, 0);
    const type = await typeOf({ types });
    expect(type).toMatchObject({ says: 'BACTERIAL' });
    expect((type?.normal ?? 0) + (type?.bacterial ?? 0) + (type?.viral ?? 0)).toBeCloseTo(1, 6);
    expect(await typeOf({ types: null })).toBeNull();
    expect(await typeOf({ types, logit: -20 }, 1)).toBeNull();
    expect(await typeOf({ types, evidence: corner })).toBeNull();
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

  it('says where its lungs are, and how much of what speaks for pneumonia lies in them', async () => {
    const outcome = await classify(await jobFor(await drawPhantom({ seed: 1, pneumonia: true })));
    if (outcome.outcome !== 'read') throw new Error(outcome.outcome);
    const found = readingResult.parse(outcome.reading).lungs;
    expect(found?.coverage).toBeGreaterThan(0.2);
    expect(found?.box.x).toBeLessThan(0.25);
    expect((found?.box.x ?? 0) + (found?.box.width ?? 0)).toBeGreaterThan(0.75);
    expect(found?.evidenceInside).toEqual(expect.any(Number));
  });

  it('has a line around each lung where its lungs are, also where margins were cut off', async () => {
    const middle = { x: 0.25, y: 0.25, width: 0.5, height: 0.5 };
    for (const region of [wholePicture, middle]) {
      const outcome = await classifyStudy(await jobFor(await drawPhantom({ seed: 1 })), {
        blobs,
        largeFiles,
        preparer: {
          prepare: async (bytes) => {
            const prepared = await preparer.prepare(bytes);
            return prepared.ok ? { ok: true, value: { ...prepared.value, region } } : prepared;
          },
        },
        lungs,
        engine,
        card,
      });
      if (outcome.outcome !== 'read') throw new Error(outcome.outcome);
      const { outline = [], box = wholePicture } = readingResult.parse(outcome.reading).lungs ?? {};
      expect(outline).toHaveLength(2);
      const [xs, ys] = [outline.flat().map(({ x }) => x), outline.flat().map(({ y }) => y)];
      const drawn = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
      const found = [box.x, box.y, box.x + box.width, box.y + box.height];
      for (const [at, edge] of drawn.entries())
        expect(Math.abs(edge - (found[at] ?? Number.NaN))).toBeLessThan(0.01);
    }
  });

  it('is read with a caution when most of what speaks for pneumonia lies outside the lungs', async () => {
    const corner = Float32Array.from({ length: 49 }, (_, cell) => (cell === 6 ? 1 : -0.01));
    const middle = Float32Array.from({ length: 49 }, (_, cell) => (cell === 22 ? 1 : -0.01));
    const seeing = async (evidence: Float32Array) => {
      const outcome = await classifyStudy(await jobFor(await drawPhantom({ seed: 1 })), {
        blobs,
        largeFiles,
        preparer,
        lungs,
        card: { ...card, threshold: 0 },
        engine: {
          ...engine,
          classify: async (input) => ({ ...(await engine.classify(input)), evidence }),
        },
      });
      if (outcome.outcome !== 'read') throw new Error(outcome.outcome);
      return outcome.reading.cautions;
    };
    expect(await seeing(corner)).toContain('EVIDENCE_OUTSIDE_LUNGS');
    expect(await seeing(middle)).not.toContain('EVIDENCE_OUTSIDE_LUNGS');
  });

  it('shows the model the lungs alone where its card wants them', async () => {
    const shown: Float32Array[] = [];
    const watched: Engine = {
      ...engine,
      classify: (input) => {
        shown.push(input.slice());
        return engine.classify(input);
      },
    };
    const job = await jobFor(await drawPhantom({ seed: 1 }));
    for (const crop of ['none', 'lungs'] as const)
      await classifyStudy(job, {
        blobs,
        largeFiles,
        preparer,
        lungs,
        engine: watched,
        card: { ...card, input: { crop } },
      });
    const [whole, cropped] = shown;
    expect(cropped).toHaveLength(whole?.length ?? 0);
    expect(cropped).not.toEqual(whole);
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
    expect(
      await classifyStudy(job, { blobs, largeFiles, preparer: full, lungs, engine, card }),
    ).toMatchObject(waits);

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
