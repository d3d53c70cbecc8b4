export { type LungRefusal, looksFrontal, refusalOf } from './assess.js';
export {
  cropBox,
  cropMargin,
  cropMask,
  cropShades,
  smallestCoverage,
  widened,
} from './crop.js';
export { cellShares, dilated, evidenceInLungs } from './evidence.js';
export { type Crop, createLungFinder, type LungAnswer, type LungFinder } from './finder.js';
export { type FoundLungs, findLungs } from './found.js';
export {
  coverageOf,
  type LungMask,
  lungBox,
  maskOf,
  type Region,
  wholePicture,
} from './mask.js';
export { type LungMeasures, measureLungs } from './measures.js';
export { outlineOf } from './outline.js';
export { packMask, unpackMask } from './packed.js';
