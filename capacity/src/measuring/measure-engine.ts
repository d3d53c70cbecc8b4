import { largestBatch } from '@lucency/model/batching';
import { createOnnxEngine } from '@lucency/model/onnx';
import { computed, spreadOf } from './spread.js';

const rounds = 25;

/**
 * Milliseconds of passes over 1 to 8 pictures: processor time by thread, which is how long a pass takes when each of its
 * threads has a core to itself. To have one of a given size, as many requests come while the engine computes one picture;
 * that picture's time is taken off.
 */
export async function measureEngine(
  modelDir: string,
  threads: number,
  input: Float32Array,
): Promise<number[][]> {
  const engine = await createOnnxEngine({ modelDir, precision: 'int8', threads });
  const ask = async (requests: number) => {
    const answers = await Promise.all(Array.from({ length: requests }, () => engine.classify(input.slice())));
    const size = Math.max(1, requests - 1);
    if (answers.at(-1)?.batchSize !== size) throw new Error(`the engine made no pass over ${size} pictures`);
  };
  try {
    await computed(rounds / 5, () => ask(1));
    const alone = await computed(rounds, () => ask(1));
    const single = spreadOf(alone)[5] ?? 0;
    const spreads = [alone];
    for (let size = 2; size <= largestBatch; size += 1) {
      const both = await computed(rounds, () => ask(size + 1));
      spreads.push(both.map((milliseconds) => milliseconds - single));
    }
    return spreads.map((values) => spreadOf(values.map((milliseconds) => milliseconds / threads)));
  } finally {
    await engine.close();
  }
}
