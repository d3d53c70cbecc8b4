import { inputSize, mapSize, textureCount, typeLayer } from '../architecture.js';
import type { ModelCard } from '../card/model-card.js';
import type { ModelRunner } from './runner.js';

/**
 * A runner that looks at a picture as the card says: alone, or also at its mirror image, with the means of both and
 * the evidence turned back, which takes twice the time.
 */
export function withViews(runner: ModelRunner, views: ModelCard['views']): ModelRunner {
  if (views === 'one') return runner;
  return {
    ...runner,
    async run(inputs) {
      const { logits, evidence, texture, types } = await runner.run([
        ...inputs,
        ...inputs.map((input) => mirror(input, inputSize, 3)),
      ]);
      // The texture is of the picture itself: it is compared with those of training pictures as they are.
      return {
        logits: meanOfViews(logits, inputs.length, 1),
        evidence: meanEvidence(evidence, inputs.length),
        types: types && meanOfViews(types, inputs.length, typeLayer.outputs),
        texture: texture.slice(0, inputs.length * textureCount),
      };
    },
  };
}

/** Of values `[2 N, width]`, the pictures' own before those of their mirror images: `[N, width]`. */
function meanOfViews(values: Float32Array, count: number, width: number): Float32Array {
  return Float32Array.from(
    { length: count * width },
    (_, at) => ((values[at] ?? 0) + (values[count * width + at] ?? 0)) / 2,
  );
}

function meanEvidence(evidence: Float32Array, count: number): Float32Array {
  const cells = mapSize * mapSize;
  const turned = evidence.slice();
  for (let start = count * cells; start < turned.length; start += cells)
    turned.set(mirror(evidence.subarray(start, start + cells), mapSize, 1), start);
  return meanOfViews(turned, count, cells);
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
