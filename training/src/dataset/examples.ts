import { seededRandom, seedOf, shuffle } from '@lucency/statistics';
import type { Treatment } from '../augmentation/treatments.js';

/** An image that is learnt from or judged on. */
export interface Example {
  /** In the picture store. */
  readonly index: number;
  /** 1 is pneumonia. */
  readonly label: 0 | 1;
  /** Whose image it is. */
  readonly patient: string;
  /** The data set's name. */
  readonly source: string;
  /** Abnormal, but without pneumonia. */
  readonly otherAbnormal: boolean;
  /** Labelled by a program that read the report. */
  readonly textMined: boolean;
}

/** An image in one treatment. */
export interface Shown extends Example {
  readonly treatment: Treatment;
  readonly seed: number;
}

/** The order of one epoch; any epoch's can be found out again alone. */
export function epochOrder<T extends Example>(examples: readonly T[], seed: number, epoch: number): T[] {
  return shuffle([...examples], seededRandom(seedOf(seed, epoch)));
}

/** Every image once, the treatments dealt out in turn: always the same for the same images. */
export function dealTreatments<T extends Example>(
  examples: readonly T[],
  treatments: readonly Treatment[],
): (T & Shown)[] {
  return examples.map((example, at) => ({
    ...example,
    treatment: treatments[at % treatments.length] ?? 'plain',
    seed: seedOf(example.index, at),
  }));
}

/** Every image in every treatment. */
export function inEveryTreatment<T extends Example>(
  examples: readonly T[],
  treatments: readonly Treatment[],
): (T & Shown)[] {
  return treatments.flatMap((treatment, number) =>
    examples.map((example) => ({ ...example, treatment, seed: seedOf(example.index, number) })),
  );
}

export type ClassWeights = readonly [number, number];

/** So that both classes weigh alike however many images each has. */
export function classWeights(labels: readonly number[]): ClassWeights {
  const positive = labels.filter((label) => label === 1).length;
  return [labels.length / (2 * (labels.length - positive)), labels.length / (2 * positive)];
}
