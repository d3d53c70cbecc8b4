export { classifyImage, type ImageAnswer, type ImageReader } from './classify-image.js';
export { type FetchedImage, fetchImage } from './fetch-image.js';
export { type EngineOptions, openEngine } from './open-engine.js';
