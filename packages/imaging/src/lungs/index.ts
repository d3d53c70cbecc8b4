export {
  cropBox,
  cropMargin,
  cropMask,
  cropShades,
  smallestCoverage,
  widened,
} from './crop.js';
export { cellShares, dilated, evidenceInLungs } from './evidence.js';
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
export { turnedBack } from './turn.js';
