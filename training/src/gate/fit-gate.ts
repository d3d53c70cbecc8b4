import {
  type Classifier,
  chestLogit,
  dot,
  type GateConstants,
  learnt,
  posesOf,
  type QualityMeasures,
  toGrid,
} from '@lucency/imaging/gate';
import { fitClassifier } from './fit-classifier.js';
import { fitMirror, fitPose } from './fit-pose.js';
import { fitShape } from './fit-shape.js';
import type { GateData } from './gate-data.js';
import { look, shadesOf, type View } from './views.js';

/** Share of the validation X-rays, in whichever view has most of them, that a threshold may wrong. */
const tolerated = 0.004;
/**
 * Log-odds below every validation X-ray from which on the shape alone refuses: so far that no X-ray is lost, since
 * what is nearer the second step catches.
 */
const clearly = 8;
/** Share of undisturbed validation X-rays whose shape leaves doubts. */
const doubted = 0.1;

/** Everything of the gate but its classifier: shape, pose and mirror from training X-rays, margins on validation. */
export function fitEye(train: View, validation: readonly View[]): GateConstants {
  const grids = gridsOf(train);
  const constants: GateConstants = {
    ...asTheyLie,
    shape: fitShape(grids),
    pose: { weights: fitPose(grids), margin: asTheyLie.pose.margin },
    mirror: { weights: fitMirror(grids), threshold: asTheyLie.mirror.threshold },
  };
  const leads: { turned: number; negative: number; mirrored: number }[] = [];
  for (const view of validation) {
    const seen = gridsOf(view);
    const ahead = seen.map((grid) => leadsOf(grid, constants));
    leads.push({
      turned: highest(ahead.map(({ turned }) => turned)),
      negative: highest(ahead.map(({ negative }) => negative)),
      mirrored: highest(seen.map((grid) => dot(grid, constants.mirror.weights))),
    });
  }
  const worst = (of: (lead: (typeof leads)[number]) => number) =>
    Number(Math.max(0, ...leads.map(of)).toFixed(3));
  return {
    ...constants,
    pose: {
      ...constants.pose,
      margin: { turned: worst(({ turned }) => turned), negative: worst(({ negative }) => negative) },
    },
    mirror: { ...constants.mirror, threshold: worst(({ mirrored }) => mirrored) },
  };
}

/** Takes every picture as upright, positive and unmirrored. */
const asTheyLie: GateConstants = {
  ...learnt,
  pose: { ...learnt.pose, margin: { turned: Number.POSITIVE_INFINITY, negative: Number.POSITIVE_INFINITY } },
  mirror: { ...learnt.mirror, threshold: Number.POSITIVE_INFINITY },
};

function gridsOf({ pictures }: View): Float32Array[] {
  return pictures.flatMap((picture) => (picture ? [toGrid(shadesOf(picture))] : []));
}

/** By how much the likeliest wrong pose of an upright grid is ahead of the right one. */
function leadsOf(grid: Float32Array, { pose: { weights } }: GateConstants) {
  const scored = posesOf(grid).map(({ orientation, inverted, grid: back }) => ({
    plainNegative: inverted && orientation === 'UPRIGHT',
    score: dot(back, weights),
  }));
  const [upright, ...others] = scored;
  const top = (plain: boolean) =>
    Math.max(...others.filter(({ plainNegative }) => plainNegative === plain).map(({ score }) => score));
  return { turned: top(false) - (upright?.score ?? 0), negative: top(true) - (upright?.score ?? 0) };
}

/** The value that all but the tolerated share stay under. */
function highest(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => b - a);
  return sorted[Math.floor(tolerated * sorted.length)] ?? Number.NEGATIVE_INFINITY;
}

/** The whole gate. */
export function fitGate(data: GateData, provenance: string): GateConstants {
  const eye = { ...fitEye(data.train, data.validation), provenance };
  return { ...eye, classifier: fitOnLooks(lookAt(data, eye)) };
}

/** What is seen of everything that the classifier is fitted on. */
export interface Looks {
  readonly train: readonly QualityMeasures[];
  readonly drawnChests: readonly QualityMeasures[];
  readonly validation: readonly (readonly QualityMeasures[])[];
  readonly families: readonly (readonly QualityMeasures[])[];
}

export function lookAt(
  { train, drawnChests, validation, families }: GateData,
  constants: GateConstants,
): Looks {
  const measuresOf = (view: View) =>
    look(view, constants).flatMap((picture) => (picture ? [picture.measures] : []));
  return {
    train: measuresOf(train),
    drawnChests: measuresOf(drawnChests),
    validation: validation.map(measuresOf),
    families: families.map(measuresOf),
  };
}

/**
 * The classifier of chests against the families, with its bounds: refused by the shape alone is what lies clearly
 * below every validation X-ray in any view; doubted is what lies below most undisturbed ones, but no drawn chest.
 */
export function fitOnLooks({ train, drawnChests, validation, families }: Looks): Classifier {
  const classifier = fitClassifier(train, drawnChests, families);
  const logit = (measures: QualityMeasures) => chestLogit(measures, classifier);
  const seen = validation.map((view) => view.map(logit));
  const drawn = drawnChests.map(logit);
  return {
    ...classifier,
    threshold: below(Math.min(...seen.flat(), ...drawn) - clearly),
    doubt: below(Math.min(quantile(seen[0] ?? [], doubted), ...drawn)),
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(share * sorted.length)] ?? Number.POSITIVE_INFINITY;
}

function below(bound: number): number {
  return Number((bound - 0.001).toFixed(3));
}
