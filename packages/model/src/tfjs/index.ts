export { createTfjsEngine } from './engine.js';
export { backbonePixels, type TfLayer, tfOperations } from './operations.js';
export { startWasmBackend } from './wasm-backend.js';
