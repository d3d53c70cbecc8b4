export {
  architectureName,
  dropoutRate,
  featureCount,
  headLayers,
  inputSize,
  mapSize,
  textureCount,
  typeClasses,
  typeLayer,
} from '../architecture.js';
export {
  ageWithinRange,
  type Claim,
  type CoveredClaim,
  calibrate,
  calibratedLogOdds,
  claim,
  type Decision,
  decide,
  type Verdict,
} from './decide.js';
export { decideType, type TypeHint } from './decide-type.js';
export {
  type Classification,
  type Engine,
  EngineFailure,
  type EngineName,
  engineNames,
  type NativeDevice,
  nativeDevices,
  type Priority,
} from './engine.js';
export { drawGoldenInput } from './golden-input.js';
export { locateModel, locateModels } from './locate-model.js';
export {
  type Calibration,
  type ConformalLevel,
  cardFileName,
  type Interval,
  type ModelCard,
  modelCard,
  type OperatingPoint,
  type PneumoniaTypes,
  type Purpose,
  purposes,
  readModelCard,
  type TypicalTexture,
} from './model-card.js';
export { type InstalledModel, readModels } from './read-models.js';
export { readReport, reportFileName } from './read-report.js';
export {
  type BandPoint,
  type CalibrationChoice,
  type ChosenPoint,
  type Coverage,
  type EngineRow,
  type EpochRecord,
  type EvaluationReport,
  type ExplanationFigures,
  epochRecord,
  evaluationReport,
  type FigureName,
  type Figures,
  type FiguresOnSet,
  type ModelCompared,
  type ReliabilityWithInterval,
  type ReportSections,
  reportSections,
} from './report.js';
export { strongEvidence } from './strong-evidence.js';
export { distanceTo, evenTexture, pack, type Typicality, typicality } from './typicality.js';
