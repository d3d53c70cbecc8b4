export { type Label, type LabelledFile, labels, readLabelled } from './dataset/read-data-set.js';
export {
  composeReport,
  type EvaluatedFile,
  imageKey,
  type ReportContent,
  type WrittenReport,
  writeReport,
} from './evaluation/index.js';
export { type Progress, showProgress } from './progress.js';
