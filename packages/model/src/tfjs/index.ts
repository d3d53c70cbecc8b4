export { createTfjsEngine } from './engine.js';
export { startWasmBackend } from './wasm-backend.js';
