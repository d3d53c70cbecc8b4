export { commandLine, help, refuse } from './command-line.js';
export { type Progress, showProgress } from './progress.js';
