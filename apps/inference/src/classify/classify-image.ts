import { assessQuality, assessTexture, type ImagePreparer } from '@lucency/imaging';
import type { JobOutcome, Priority } from '@lucency/messaging';
import { decide, type Engine, type ModelCard, typicality } from '@lucency/model/card';
import { cautionsOf } from './cautions.js';

/** What reading one image needs; the services and the command line share it. */
export interface ImageReader {
  preparer: Pick<ImagePreparer, 'prepare'>;
  engine: Engine;
  card: Pick<ModelCard, 'threshold' | 'calibration' | 'conformal' | 'typicality'>;
}

export type ImageAnswer = Extract<JobOutcome<'classify'>, { outcome: 'read' | 'refused' }>;

/**
 * Bytes to a refusal, or to a probability and the evidence for it. Timings are in milliseconds: `prepare`
 * includes waiting for a free thread, `wait` is spent in the engine's queue, `infer` is the whole batch.
 * @throws when preparing or the engine broke; another try may succeed.
 */
export async function classifyImage(
  bytes: Uint8Array,
  { preparer, engine, card }: ImageReader,
  priority: Priority = 'ROUTINE',
): Promise<ImageAnswer> {
  const started = performance.now();
  const prepared = await preparer.prepare(bytes, priority);
  const prepare = performance.now() - started;
  if (!prepared.ok) return { outcome: 'refused', reason: prepared.reason, timings: { prepare } };
  const { input, measures, width, height, region } = prepared.value;

  const quality = assessQuality(measures);
  if (!quality.acceptable) return { outcome: 'refused', reason: quality.reason, timings: { prepare } };

  const asked = performance.now();
  const { logit, evidence, texture, milliseconds: infer } = await engine.classify(input, priority);
  if (!Number.isFinite(logit)) throw new Error(`the engine answered ${logit}`);
  const wait = Math.max(0, performance.now() - asked - infer);
  const timings = { prepare, wait, infer };

  const typical = typicality(texture, card);
  const kind = assessTexture(measures, typical?.far ?? false);
  if (!kind.acceptable) return { outcome: 'refused', reason: kind.reason, timings };

  return {
    outcome: 'read',
    reading: {
      modelId: engine.modelId,
      engine: engine.name,
      ...decide(logit, card),
      logit,
      evidence: Array.from(evidence),
      width,
      height,
      region,
      cautions: cautionsOf({
        ...prepared.value,
        marginsCut: region.width < 1 || region.height < 1,
        untypical: typical?.untypical ?? false,
      }),
    },
    timings,
  };
}
