export { type EngineOptions, openEngine } from './adapters/open-engine.js';
export { type App, type InferenceParts, startApp } from './app.js';
export { classifyImage, type ImageAnswer, type ImageReader } from './classify/classify-image.js';
export { type ClassifyDeps, classifyStudy } from './classify/classify-study.js';
export { type FetchedImage, fetchImage } from './classify/fetch-image.js';
export { type Environment, environment } from './environment.js';
