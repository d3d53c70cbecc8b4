import { largestBatch } from '@lucency/model/batching';
import { createOnnxEngine } from '@lucency/model/onnx';
import { spreadOf } from './spread.js';

const rounds = 40;

/**
 * Milliseconds of passes over 1 to 8 pictures, as the engine of the service reports them: while it computes one picture,
 * as many requests come as the next pass is to have.
 */
export async function measureEngine(
  modelDir: string,
  threads: number,
  input: Float32Array,
): Promise<number[][]> {
  const engine = await createOnnxEngine({ modelDir, precision: 'int8', threads });
  try {
    const spreads: number[][] = [];
    for (let size = 1; size <= largestBatch; size += 1) {
      const milliseconds: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const [, ...answers] = await Promise.all(
          Array.from({ length: size + 1 }, () => engine.classify(input.slice())),
        );
        const [answer] = answers;
        if (answer?.batchSize === size) milliseconds.push(answer.milliseconds);
      }
      if (milliseconds.length < rounds / 2)
        throw new Error(`the engine made no passes over ${size} pictures`);
      spreads.push(spreadOf(milliseconds));
    }
    return spreads;
  } finally {
    await engine.close();
  }
}
