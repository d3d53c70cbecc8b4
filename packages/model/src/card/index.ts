export {
  architectureName,
  dropoutRate,
  featureCount,
  headLayers,
  inputSize,
  mapSize,
  textureCount,
} from '../architecture.js';
export {
  ageWithinRange,
  type Claim,
  calibrate,
  claim,
  type Decision,
  decide,
  type Verdict,
} from './decide.js';
export {
  type Classification,
  type Engine,
  EngineFailure,
  type EngineName,
  engineNames,
  type Priority,
} from './engine.js';
export { drawGoldenInput } from './golden-input.js';
export { locateModel } from './locate-model.js';
export {
  type Calibration,
  type ConformalLevel,
  cardFileName,
  type Interval,
  type ModelCard,
  modelCard,
  type OperatingPoint,
  type Purpose,
  purposes,
  readModelCard,
  type TypicalTexture,
} from './model-card.js';
export { distanceTo, evenTexture, pack, type Typicality, typicality } from './typicality.js';
