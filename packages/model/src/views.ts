import { inputSize, mapSize, textureCount } from './architecture.js';
import type { ModelCard } from './card/model-card.js';
import type { Answer, ModelRunner } from './onnx/model-runner.js';

/**
 * A runner that looks at a picture as the card says: alone, or also at its mirror image, with the means of both and
 * the evidence turned back, which takes twice the time.
 */
export function withViews(runner: ModelRunner, views: ModelCard['views']): ModelRunner {
  if (views === 'one') return runner;
  return {
    ...runner,
    async run(inputs) {
      const { logits, evidence, texture } = await runner.run([
        ...inputs,
        ...inputs.map((input) => mirror(input, inputSize, 3)),
      ]);
      // The texture is of the picture itself: it is compared with those of training pictures as they are.
      return {
        ...averaged(logits, evidence, inputs.length),
        texture: texture.slice(0, inputs.length * textureCount),
      };
    },
  };
}

function averaged(
  logits: Float32Array,
  evidence: Float32Array,
  count: number,
): Pick<Answer, 'logits' | 'evidence'> {
  const cells = mapSize * mapSize;
  const means = new Float32Array(count * cells);
  for (let picture = 0; picture < count; picture++) {
    const start = (count + picture) * cells;
    const back = mirror(evidence.subarray(start, start + cells), mapSize, 1);
    for (let cell = 0; cell < cells; cell++)
      means[picture * cells + cell] = ((evidence[picture * cells + cell] ?? 0) + (back[cell] ?? 0)) / 2;
  }
  const both = Float32Array.from(
    { length: count },
    (_, at) => ((logits[at] ?? 0) + (logits[count + at] ?? 0)) / 2,
  );
  return { logits: both, evidence: means };
}

/** Left and right changed about: `[side, side, channels]`. */
function mirror(values: Float32Array, side: number, channels: number): Float32Array {
  const mirrored = new Float32Array(values.length);
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++)
      for (let channel = 0; channel < channels; channel++)
        mirrored[(row * side + column) * channels + channel] =
          values[(row * side + side - 1 - column) * channels + channel] ?? 0;
  return mirrored;
}
