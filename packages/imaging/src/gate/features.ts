import type { QualityMeasures } from '../measures.js';

/**
 * What the classifier weighs, each in a scale on which X-rays spread evenly: shares near zero by their root.
 * Colour and the shape of the page stay with rules of their own.
 */
export const features: Readonly<Record<string, (measures: QualityMeasures) => number>> = {
  brightness: ({ brightness }) => brightness,
  contrast: ({ contrast }) => contrast,
  range: ({ range }) => range,
  entropy: ({ entropy }) => entropy,
  flatness: ({ flatShare }) => Math.sqrt(flatShare),
  black: ({ blackShare }) => Math.sqrt(blackShare),
  white: ({ whiteShare }) => Math.sqrt(whiteShare),
  border: ({ borderShare }) => Math.sqrt(borderShare),
  sharpness: ({ sharpness }) => sharpness,
  hardEdges: ({ hardEdgeShare }) => Math.sqrt(hardEdgeShare),
  evenness: ({ evenShare }) => Math.sqrt(evenShare),
  likeness: ({ likeness }) => likeness,
  unexplained: ({ unexplained }) => Math.sqrt(unexplained),
  unusual: ({ unusual }) => unusual,
  symmetry: ({ symmetry }) => symmetry,
};
