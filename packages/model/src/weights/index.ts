export { locateModel } from '../card/locate-model.js';
export {
  assembleWeights,
  fingerprintOf,
  headFileName,
  joinWeights,
  readWeights,
  weightsFileName,
} from './assemble.js';
export { foldLayers, type Layer, type Layers, layerOf } from './folded.js';
export {
  DamagedWeightsError,
  readSafetensors,
  type Tensor,
  type Tensors,
  writeSafetensors,
} from './safetensors.js';
export { readPackagedTrunk, type Trunk } from './trunk.js';
