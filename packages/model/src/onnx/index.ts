export type { Answer, ModelRunner, Precision } from '../running/runner.js';
export { withViews } from '../running/views.js';
export { foldLayers, type Layers } from '../weights/folded.js';
export { createOnnxEngine, type OnnxEngineOptions } from './engine.js';
export { type FeatureExtractor, type Features, openFeatureExtractor } from './feature-extractor.js';
export { type FrozenMaps, type FrozenTrunk, openFrozenTrunk } from './frozen-trunk.js';
export { type Observed, observeActivations } from './observe.js';
export { openModelRunner, openUnchecked } from './open-runner.js';
