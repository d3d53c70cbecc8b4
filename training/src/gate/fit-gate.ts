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
import { distanceTo, type TypicalTexture } from '@lucency/model/card';
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

/** The whole gate, beside what is typical of textures. */
export function fitGate(data: GateData, typical: TypicalTexture, provenance: string): GateConstants {
  const eye = { ...fitEye(data.train, data.validation), provenance };
  return { ...eye, classifier: fitOnLooks(lookAt(data, eye, typical)) };
}

/** What both steps of the gate go by. */
export interface Seen {
  readonly measures: QualityMeasures;
  /** Whether its texture is farther from the typical than X-rays' are. */
  readonly far: boolean;
}

/** What is seen of everything that the classifier is fitted on; null for what could not be decoded. */
export interface Looks {
  readonly train: readonly (Seen | null)[];
  readonly drawnChests: readonly (Seen | null)[];
  readonly validation: readonly (readonly (Seen | null)[])[];
  readonly families: readonly (readonly (Seen | null)[])[];
}

export function lookAt(
  { train, drawnChests, validation, families }: GateData,
  constants: GateConstants,
  typical: TypicalTexture,
): Looks {
  const seen = (view: View) => seenIn(view, constants, typical);
  return {
    train: seen(train),
    drawnChests: seen(drawnChests),
    validation: validation.map(seen),
    families: families.map(seen),
  };
}

export function seenIn(view: View, constants: GateConstants, typical: TypicalTexture): (Seen | null)[] {
  return look(view, constants).map(
    (picture) =>
      picture && { measures: picture.measures, far: distanceTo(picture.texture, typical) > typical.far },
  );
}

/**
 * The classifier of chests against the families, with its bounds. Refused by the shape alone is what lies clearly below
 * every validation X-ray in any view. Doubted, and refused where the texture is far besides, is what lies below most
 * undisturbed X-rays; but no drawn chest may be lost by it, nor more than the tolerated share of any view.
 */
export function fitOnLooks(looks: Looks): Classifier {
  const [train, drawnChests] = [present(looks.train), present(looks.drawnChests)];
  const [validation, families] = [looks.validation.map(present), looks.families.map(present)];
  const measuresOf = (pictures: readonly Seen[]) => pictures.map(({ measures }) => measures);
  const classifier = fitClassifier(measuresOf(train), measuresOf(drawnChests), families.map(measuresOf));
  const logits = (pictures: readonly Seen[]) =>
    pictures.map(({ measures }) => chestLogit(measures, classifier));
  const farOnes = (pictures: readonly Seen[]) => logits(pictures.filter(({ far }) => far));
  const losable = (view: readonly Seen[]) => lowest(farOnes(view), Math.floor(tolerated * view.length));
  return {
    ...classifier,
    threshold: below(Math.min(...validation.flatMap(logits), ...logits(drawnChests)) - clearly),
    doubt: below(
      Math.min(
        quantile(logits(validation[0] ?? []), doubted),
        ...validation.map(losable),
        lowest(farOnes(drawnChests), 0),
      ),
    ),
  };
}

function present<T>(pictures: readonly (T | null)[]): T[] {
  return pictures.filter((picture) => picture !== null);
}

/** The lowest value but so many; infinite where there are not so many. */
function lowest(values: readonly number[], but: number): number {
  return [...values].sort((a, b) => a - b)[but] ?? Number.POSITIVE_INFINITY;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(share * sorted.length)] ?? Number.POSITIVE_INFINITY;
}

function below(bound: number): number {
  return Number((bound - 0.001).toFixed(3));
}
