import { type FrozenMaps, type FrozenTrunk, openFrozenTrunk } from '@lucency/model/onnx';
import type { Tensors } from '@lucency/model/weights';
import * as tf from '@tensorflow/tfjs';

export interface FrozenTrunks {
  of(side: number): Promise<FrozenTrunk>;
  close(): Promise<void>;
}

/** What is not trained, opened once for each size of picture. `below`: the first block that is trained. */
export function frozenTrunks(tensors: Tensors, below: string, threads: number): FrozenTrunks {
  const open = new Map<number, Promise<FrozenTrunk>>();
  return {
    of(side) {
      const known = open.get(side) ?? openFrozenTrunk(tensors, { below, side, threads });
      open.set(side, known);
      return known;
    },
    async close() {
      for (const trunk of open.values()) await (await trunk).close();
    },
  };
}

export function mapsOf({ values, shape }: FrozenMaps): tf.Tensor4D {
  const [count = 0, rows = 0, columns = 0, channels = 0] = shape;
  return tf.tensor4d(values, [count, rows, columns, channels]);
}
