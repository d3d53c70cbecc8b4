export type {
  AcceptanceReport,
  Finding,
  JudgedPoint,
  RefittedPoint,
} from './acceptance/acceptance-report.js';
export { type DrawnSize, drawSizes } from './acceptance/draws.js';
export {
  type AcceptanceOptions,
  asAnswered,
  casesThatJudge,
  judgeCases,
  type Labels,
} from './acceptance/judge-cases.js';
export {
  atSite,
  type OperatingPointFile,
  operatingPointFile,
  operatingPointFileName,
  readOperatingPoint,
} from './acceptance/operating-point.js';
export { type Asked, askedByDefault } from './acceptance/refit.js';
export { drawsMarkdown, pointFor, writeAcceptance } from './acceptance/write-acceptance.js';
export { precisionRecallBand, reliabilityWithIntervals, rocBand } from './bands.js';
export { groupColumns, sectionsByGroup } from './by-group.js';
export { type Answered, logLoss, withProbabilities } from './calibration/answered.js';
export { type ChosenCalibration, chooseCalibration } from './calibration/choose-calibration.js';
export { conformalLevels, measureCoverage } from './calibration/conformal.js';
export { fitPlatt, fitTemperature, leastTemperature } from './calibration/fit.js';
export { chooseOperatingPoints } from './calibration/operating-points.js';
export type { ShiftedSet } from './calibration/rates-at-thresholds.js';
export {
  type AnsweredCase,
  answered,
  type CaseReading,
  evaluatedFiles,
  evidencePlaced,
  type ReadCase,
  scored,
} from './cases.js';
export { confusionAt, rates, ratio, type Scored, type ScoredImage } from './confusion.js';
export { csvRows } from './dataset/csv-rows.js';
export { type Hashed, withoutDuplicates } from './dataset/duplicates.js';
export { groupBy } from './dataset/group-by.js';
export { patientOf } from './dataset/patients.js';
export {
  atHome,
  type Box,
  homeSource,
  type Label,
  type LabelledFile,
  labels,
  readDataSet,
  readLabelled,
  type SourcedFile,
} from './dataset/read-data-set.js';
export { hasManifest, readLabelledImages } from './dataset/read-labelled-images.js';
export { readManifest } from './dataset/read-manifest.js';
export { readMask } from './dataset/read-mask.js';
export { type EvidencePlaced, measureInBoxes, measureInLungs } from './evidence-places.js';
export { figuresOf, figuresWithIntervals, rounded } from './figures.js';
export { readableJson } from './json.js';
export { meanWithInterval } from './mean-with-interval.js';
export { modelCardText } from './model-card-text.js';
export { type EvaluatedFile, imageKey } from './predictions.js';
export { areaUnderRoc, Ranking } from './ranking.js';
export { composeReport, type ReportContent, type WrittenReport, writeReport } from './report.js';
export { withIntervals } from './with-intervals.js';
