export { type NativeDevice, nativeDevice, startNativeBackend } from './backend.js';
export { isBuilt, nativeFolder } from './cache.js';
export { createNativeEngine, type NativeEngineOptions } from './engine.js';
