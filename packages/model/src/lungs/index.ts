export {
  type LungsOperations,
  type LungsUnit,
  logitsSide,
  lungsArchitecture,
  lungsBatchNormEpsilon,
  lungsOutput,
  lungsShapes,
  lungsSide,
  lungsUnits,
  runLungs,
} from './architecture.js';
export { type LungRule, type LungsCard, lungRule, lungsCard, lungsCardFile, readLungsCard } from './card.js';
export { toLungsInput } from './input.js';
export { locateLungs } from './locate-lungs.js';
export { openSegmenter, readLungsWeights, type Segmenter } from './segmenter.js';
