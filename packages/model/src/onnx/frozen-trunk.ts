import { Tensor } from 'onnxruntime-node';
import { foldLayers } from '../weights/folded.js';
import type { Tensors } from '../weights/safetensors.js';
import { buildFloatTrunkBelow } from './float-trunk.js';
import { GraphBuilder } from './graph-builder.js';
import { openSession } from './session.js';

export interface FrozenMaps {
  /** `[N, height, width, channels]`, row-major. */
  readonly values: Float32Array;
  readonly shape: readonly number[];
}

/** What a training leaves as it is, in single precision: TensorFlow.js would take three times as long. */
export interface FrozenTrunk {
  /** `input`: Float32 `[count, side, side, 3]`, RGB 0-1. Blocks this thread. */
  run(input: Float32Array, count: number): Promise<FrozenMaps>;
  close(): Promise<void>;
}

/** The trunk below a block, by its Keras name, for pictures of a side. */
export async function openFrozenTrunk(
  trunk: Tensors,
  { below, side, threads }: { readonly below: string; readonly side: number; readonly threads: number },
): Promise<FrozenTrunk> {
  const graph = new GraphBuilder();
  const maps = buildFloatTrunkBelow(graph, foldLayers(trunk), below, side);
  graph.node('Transpose', [maps], 'below', { perm: [0, 2, 3, 1] });
  graph.output('below');
  const session = await openSession(graph.build(), threads);
  return {
    async run(input, count) {
      const { below: answer } = await session.run({
        input: new Tensor('float32', input, [count, side, side, 3]),
      });
      if (!(answer?.data instanceof Float32Array)) throw new Error(`the graph gave no maps below ${below}`);
      return { values: answer.data, shape: answer.dims };
    },
    close: () => session.release(),
  };
}
