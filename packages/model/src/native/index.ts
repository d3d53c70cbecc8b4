export { startNativeBackend } from './backend.js';
export { buildCommand as nativeBuildCommand, isBuilt, isNativeBuilt, nativeFolder } from './cache.js';
export { createNativeEngine, type NativeEngineOptions } from './engine.js';
