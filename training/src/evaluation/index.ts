export { bootstrapIntervals, countPatients, type Resampling } from './bootstrap.js';
export type { ScoredImage } from './confusion.js';
export { figuresOf, figuresWithIntervals } from './figures.js';
export { type EvaluatedFile, imageKey } from './predictions.js';
export { composeReport, type ReportContent, type WrittenReport, writeReport } from './report.js';
