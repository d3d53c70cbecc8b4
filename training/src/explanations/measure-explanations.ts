import { type LabelledFile, meanWithInterval, ratio, rounded } from '@lucency/evaluation';
import type { Faithfulness } from '@lucency/imaging';
import { peakOf } from '@lucency/imaging';
import type { ExplanationFigures } from '@lucency/model/card';
import { countPatients, type Resampling } from '@lucency/statistics';
import { type ExplainDeps, type ExplainedImage, explainImages } from './explain-images.js';
import { type FaithfulnessThresholds, judgeThresholds } from './faithfulness-thresholds.js';
import { correlateWithRandomised, type SanityOptions } from './sanity.js';

export interface ExplanationDeps extends ExplainDeps {
  /** Left out, no model of random weights is compared. */
  readonly sanity?: SanityOptions;
  /** Chosen on validation images; left out, none are judged. */
  readonly thresholds?: FaithfulnessThresholds;
  readonly resampling?: Resampling;
}

/** The whole study of a model's evidence maps over labelled images. */
export async function measureExplanations(
  files: readonly LabelledFile[],
  deps: ExplanationDeps,
): Promise<ExplanationFigures> {
  const images = await explainImages(files, deps);
  const { sanity, thresholds, progress, resampling } = deps;
  return {
    ...summariseExplanations(images, resampling),
    sanity: sanity ? await correlateWithRandomised(images, sanity, progress, resampling) : [],
    ...(thresholds ? { thresholds: judgeThresholds(images, thresholds) } : {}),
  };
}

/** Everything that needs no further forward pass. */
export function summariseExplanations(
  images: readonly ExplainedImage[],
  resampling?: Resampling,
): Omit<ExplanationFigures, 'sanity' | 'thresholds'> {
  const called = images.filter(({ calledPneumonia }) => calledPneumonia);
  const isEmpty = ({ evidence }: ExplainedImage) => peakOf(evidence) <= 0;
  const emptyShare = (of: readonly ExplainedImage[]) => rounded(ratio(of.filter(isEmpty).length, of.length));
  const all = mapsOf(images, resampling);
  return {
    images: images.length,
    patients: countPatients(images),
    all,
    calledPneumonia: mapsOf(called, resampling),
    timesCentre: all.centre.gap.value > 0 ? rounded(all.model.gap.value / all.centre.gap.value) : null,
    empty: { calledPneumonia: emptyShare(called), all: emptyShare(images) },
  };
}

function mapsOf(images: readonly ExplainedImage[], resampling?: Resampling): ExplanationFigures['all'] {
  const mean = (figure: (image: ExplainedImage) => number) => meanWithInterval(images, figure, resampling);
  const figures = (of: (image: ExplainedImage) => Faithfulness) => ({
    insertion: mean((image) => of(image).insertion),
    deletion: mean((image) => of(image).deletion),
    gap: mean((image) => of(image).insertion - of(image).deletion),
    score: mean((image) => of(image).score),
  });
  return {
    images: images.length,
    model: figures(({ model }) => model),
    random: figures(({ random }) => random),
    centre: figures(({ centre }) => centre),
  };
}
