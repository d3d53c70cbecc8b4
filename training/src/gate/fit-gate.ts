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
  readonly validation: readonly (readonly QualityMeasures[])[];
  readonly families: readonly (readonly QualityMeasures[])[];
}

export function lookAt({ train, validation, families }: GateData, constants: GateConstants): Looks {
  const measuresOf = (view: View) =>
    look(view, constants).flatMap((picture) => (picture ? [picture.measures] : []));
  return {
    train: measuresOf(train),
    validation: validation.map(measuresOf),
    families: families.map(measuresOf),
  };
}

/** The classifier of training X-rays against the families, with a threshold from validation X-rays. */
export function fitOnLooks({ train, validation, families }: Looks): Classifier {
  const classifier = fitClassifier(train, families);
  // No view of validation X-rays is wronged by more than is tolerated.
  const bounds = validation.map((view) => highest(view.map((measures) => -chestLogit(measures, classifier))));
  return { ...classifier, threshold: Number((-Math.max(...bounds) - 0.001).toFixed(3)) };
}
