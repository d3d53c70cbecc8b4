export { type Label, type LabelledFile, labels, readLabelled } from './dataset/read-data-set.js';
export {
  type EvaluatedFile,
  type EvaluatedModel,
  type Evaluation,
  type EvaluationReport,
  evaluate,
} from './evaluation/report.js';
export { type Progress, showProgress } from './progress.js';
