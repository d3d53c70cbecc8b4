export { startApp } from './app.js';
export { type ClassifyDeps, classifyStudy } from './classify/classify-study.js';
export { type Environment, environment } from './environment.js';
