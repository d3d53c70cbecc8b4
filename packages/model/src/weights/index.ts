export { locateModel } from '../card/locate-model.js';
export { foldLayers, type Layer, type Layers, layerOf } from './folded.js';
export { fingerprintOf, readWeights, weightsFileName } from './read-weights.js';
export {
  DamagedWeightsError,
  readSafetensors,
  type Tensor,
  type Tensors,
  writeSafetensors,
} from './safetensors.js';
export { readPackagedTrunk, type Trunk } from './trunk.js';
