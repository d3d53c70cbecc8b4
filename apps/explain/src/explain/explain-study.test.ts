import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createBlobStore } from '@lucency/blobs';
import type { ExplainJob } from '@lucency/contracts';
import { createImagePreparer, drawPhantom, type ImagePreparer, renderHeatmap } from '@lucency/imaging';
import { type Engine, locateModel, strongEvidence } from '@lucency/model/card';
import { openEngine } from '@lucency/reading';
import { createLungFinder, type LungFinder } from '@lucency/reading/lungs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Explainer } from '../methods/explainer.js';
import { explainers } from '../methods/index.js';
import { explainStudy } from './explain-study.js';

const folder = mkdtempSync(join(tmpdir(), 'lucency-explain-'));
const blobs = createBlobStore(pathToFileURL(folder).href);
let modelDir: string;
let engine: Engine;
let preparer: ImagePreparer;
let lungs: LungFinder;
let loads = 0;
const calibration = { method: 'identity' } as const;
const strong = strongEvidence(calibration);

beforeAll(async () => {
  modelDir = await locateModel();
  engine = await openEngine({ name: 'onnx-fp32', modelDir, threads: 1 });
  preparer = createImagePreparer({ processes: 1 });
  lungs = await createLungFinder();
});
afterAll(async () => {
  await Promise.all([engine?.close(), preparer?.close(), lungs?.close()]);
  rmSync(folder, { recursive: true });
});

const deps = () => ({
  blobs,
  preparer,
  lungs,
  card: { calibration, input: { crop: 'none' } as const },
  explainers,
  engine: async () => {
    loads += 1;
    return engine;
  },
});

async function jobFor(bytes: Uint8Array, reading: ExplainJob['reading']): Promise<ExplainJob> {
  const id = randomUUID();
  await blobs.write(`images/${id}`, bytes);
  return {
    version: 1,
    kind: 'explain',
    method: 'grad-cam',
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
    heatmapKey: `heatmaps/${id}.png`,
    reading,
  };
}

const someEvidence = Array.from({ length: 49 }, (_, at) => Math.sin(at));

describe('the heatmap of a study', () => {
  it("is drawn from the reading's evidence without any engine and stored under its key", async () => {
    loads = 0;
    const job = await jobFor(new Uint8Array([1]), { modelId: 'some-model', evidence: someEvidence });
    const outcome = await explainStudy(job, deps());
    expect(outcome).toMatchObject({
      outcome: 'drawn',
      heatmap: {
        modelId: 'some-model',
        method: 'grad-cam',
        blobKey: job.heatmapKey,
        width: 224,
        colorMap: 'inferno',
      },
    });
    expect(loads).toBe(0);
    const stored = await blobs.read(job.heatmapKey);
    expect(Buffer.compare(stored, (await renderHeatmap(someEvidence, { strong })).png)).toBe(0);
  });

  it('has the shape of the original and lies where the reading does', async () => {
    const job = await jobFor(new Uint8Array([1]), {
      modelId: 'm',
      evidence: someEvidence,
      region: { x: 0, y: 0.5, width: 1, height: 0.5 },
      width: 1_000,
      height: 2_000,
    });
    expect(await explainStudy(job, deps())).toMatchObject({ heatmap: { width: 112, height: 224 } });
    const { evidence = [], ...place } = job.reading ?? {};
    const { png } = await renderHeatmap(evidence, { strong, ...place });
    expect(Buffer.compare(await blobs.read(job.heatmapKey), png)).toBe(0);
  });

  it('is withheld when nothing speaks for pneumonia', async () => {
    const job = await jobFor(new Uint8Array([1]), { modelId: 'm', evidence: Array(49).fill(-0.5) });
    expect(await explainStudy(job, deps())).toMatchObject({ outcome: 'withheld', reason: 'NO_EVIDENCE' });
    await expect(blobs.read(job.heatmapKey)).rejects.toThrow();
  });

  it('is the same from the reading and from the image', async () => {
    const phantom = await drawPhantom({ seed: 8, pneumonia: true, width: 800, height: 640 });
    const prepared = await preparer.prepare(phantom);
    if (!prepared.ok) throw new Error(prepared.reason);
    const { input, region, width, height } = prepared.value;
    const { evidence } = await engine.classify(input);
    const fromReading = await explainStudy(
      await jobFor(phantom, {
        modelId: engine.modelId,
        evidence: Array.from(evidence),
        region,
        width,
        height,
      }),
      deps(),
    );
    const fromImage = await explainStudy(await jobFor(phantom, null), deps());
    if (fromReading.outcome !== 'drawn' || fromImage.outcome !== 'drawn') {
      expect(fromImage.outcome).toBe(fromReading.outcome);
      return;
    }
    expect(fromImage.heatmap.peak).toBeCloseTo(fromReading.heatmap.peak, 4);
    const [one, other] = await Promise.all(
      [fromReading, fromImage].map(({ heatmap }) => blobs.read(heatmap.blobKey)),
    );
    expect(one).toEqual(other);
  });

  it('is drawn by the method that the job names, with the image where that needs it', async () => {
    const seen: string[] = [];
    const corner: Explainer = {
      method: 'corner',
      async explain({ original }) {
        const image = await original();
        if ('outcome' in image) return image;
        seen.push(`${image.width} x ${image.height}`);
        return {
          modelId: 'some-model',
          evidence: Array.from({ length: 49 }, (_, cell) => (cell === 0 ? 1 : 0)),
        };
      },
    };
    const phantom = await drawPhantom({ seed: 9, width: 600, height: 480 });
    const reading = { modelId: 'some-model', evidence: someEvidence };
    const job = { ...(await jobFor(phantom, reading)), method: 'corner', modelId: 'some-model' };
    const both = { ...deps(), explainers: [...explainers, corner] };
    expect(await explainStudy(job, both)).toMatchObject({
      outcome: 'drawn',
      heatmap: { modelId: 'some-model', method: 'corner', peak: 1 },
    });
    expect(seen).toEqual(['600 x 480']);
    const usual = await explainStudy({ ...job, method: 'grad-cam' }, both);
    expect(usual).toMatchObject({ heatmap: { method: 'grad-cam', peak: Math.max(...someEvidence) } });
  });

  it('is left to other workers when this one has no such method', async () => {
    const job = await jobFor(new Uint8Array([1]), { modelId: 'm', evidence: someEvidence });
    expect(await explainStudy({ ...job, method: 'occlusion' }, deps())).toMatchObject({
      outcome: 'later',
      jobAtFault: false,
    });
  });

  it('is never of another model than the one that is asked about', async () => {
    const phantom = await drawPhantom({ seed: 8, pneumonia: true, width: 800, height: 640 });
    const job = { ...(await jobFor(phantom, null)), modelId: 'another-model' };
    expect(await explainStudy(job, deps())).toMatchObject({ outcome: 'hopeless', reason: 'INTERNAL' });
  });

  it('waits without blame while the blob store is away', async () => {
    const gone = mkdtempSync(join(tmpdir(), 'lucency-gone-'));
    const away = createBlobStore(pathToFileURL(gone).href);
    rmSync(gone, { recursive: true });
    const job = await jobFor(new Uint8Array([1]), { modelId: 'm', evidence: someEvidence });
    expect(await explainStudy(job, { ...deps(), blobs: away })).toMatchObject({
      outcome: 'later',
      jobAtFault: false,
    });
  });
});
