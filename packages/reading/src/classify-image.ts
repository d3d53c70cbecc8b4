import {
  type CautionCode,
  type JobOutcome,
  type LungsResult,
  type Priority,
  pointWithin,
  type Region,
  regionWithin,
} from '@lucency/contracts';
import { assessQuality, type ImagePreparer } from '@lucency/imaging';
import { evidenceInLungs, packMask } from '@lucency/imaging/lungs';
import { decide, decideType, type Engine, type ModelCard, typicality } from '@lucency/model/card';
import { cautionsOf } from './cautions.js';
import type { LungAnswer, LungFinder } from './lungs/finder.js';

/** What reading one image needs; the services and the command line share it. */
export interface ImageReader {
  preparer: Pick<ImagePreparer, 'prepare'>;
  lungs: Pick<LungFinder, 'find'>;
  engine: Engine;
  card: Pick<ModelCard, 'threshold' | 'calibration' | 'conformal' | 'typicality' | 'input' | 'types'>;
}

/** The calibration covers images like those it was made on, read for what the lungs show. */
const voidsClaims: readonly CautionCode[] = ['UNLIKE_TRAINING', 'EVIDENCE_OUTSIDE_LUNGS'];

export type ImageAnswer = Extract<JobOutcome<'classify'>, { outcome: 'read' | 'refused' }>;

/**
 * Bytes to a refusal, or to a probability and the evidence for it. Timings are in milliseconds: `prepare`
 * includes waiting for a free thread, so does `lungs`, `wait` is spent in the engine's queue, `infer` is the whole batch.
 * @throws when preparing or the engine broke; another try may succeed.
 */
export async function classifyImage(
  bytes: Uint8Array,
  { preparer, lungs, engine, card }: ImageReader,
  priority: Priority = 'ROUTINE',
): Promise<ImageAnswer> {
  const started = performance.now();
  const prepared = await preparer.prepare(bytes, priority);
  const prepare = performance.now() - started;
  if (!prepared.ok) return { outcome: 'refused', reason: prepared.reason, timings: { prepare } };
  const { input: whole, measures, orientation, width, height, region } = prepared.value;

  const quality = assessQuality(measures);
  if (!quality.acceptable) return { outcome: 'refused', reason: quality.reason, timings: { prepare } };

  const looked = performance.now();
  const { crop } = card.input;
  const answer = await lungs.find({ input: whole, orientation, crop });
  const { lungs: found, refusal, input, shown } = answer;
  const timings = { prepare, lungs: performance.now() - looked };
  if (refusal) return { outcome: 'refused', reason: refusal, timings };

  const asked = performance.now();
  const { logit, evidence, texture, types, milliseconds: infer } = await engine.classify(input, priority);
  if (!Number.isFinite(logit)) throw new Error(`the engine answered ${logit}`);
  const wait = Math.max(0, performance.now() - asked - infer);

  const verdict = decide(logit, card);
  const evidenceInside = evidenceInLungs(evidence, found.mask, shown);
  const cautions = cautionsOf({
    ...prepared.value,
    marginsCut: region.width < 1 || region.height < 1,
    untypical: typicality(texture, card)?.untypical ?? false,
    // What speaks for pneumonia moves an answer only where the answer is pneumonia.
    evidenceInside: verdict.decision === 'PNEUMONIA' ? evidenceInside : null,
  });
  const isCalibrated = !cautions.some((code) => voidsClaims.includes(code));
  return {
    outcome: 'read',
    reading: {
      modelId: engine.modelId,
      engine: engine.name,
      ...verdict,
      logit,
      evidence: Array.from(evidence),
      width,
      height,
      region: regionWithin(region, shown),
      lungs: lungsOf(answer, region, evidenceInside),
      cautions,
      claims: isCalibrated ? verdict.claims : [],
      type: isCalibrated && verdict.decision === 'PNEUMONIA' ? decideType(types, card) : null,
    },
    timings: { ...timings, wait, infer },
  };
}

/** In shares of the original, of which `read` was looked at. */
function lungsOf(
  { lungs: { box, coverage, measures, mask }, outline }: LungAnswer,
  read: Region,
  evidenceInside: number | null,
): LungsResult | null {
  if (!box) return null;
  return {
    box: regionWithin(read, box),
    coverage: coverage * read.width * read.height,
    confidence: measures.confidence,
    mask: packMask(mask, read),
    outline: outline.map((ring) => ring.map((point) => pointWithin(read, point))),
    evidenceInside,
  };
}
