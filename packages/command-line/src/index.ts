export { commandLine, help, refuse } from './command-line.js';
