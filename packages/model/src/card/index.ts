export {
  architectureName,
  dropoutRate,
  featureCount,
  headLayers,
  inputSize,
  mapSize,
} from '../architecture.js';
export { ageWithinRange, calibrate, type Decision, decide, type Verdict } from './decide.js';
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
export { type Calibration, cardFileName, type ModelCard, modelCard, readModelCard } from './model-card.js';
