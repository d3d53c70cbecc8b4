export { commandLine, help, readOptions, refuse } from './command-line.js';
export { type Progress, showProgress } from './progress.js';
