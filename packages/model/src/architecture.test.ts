import { describe, expect, it } from 'vitest';
import { bottlenecks, convUnits, headShapes, trunkShapes } from './architecture.js';

const count = (shapes: Map<string, readonly number[]>) =>
  [...shapes.values()].reduce(
    (sum, shape) => sum + shape.reduce((product, length) => product * length, 1),
    0,
  );

describe('the architecture', () => {
  it('is ResNet50: 53 convolutions in 16 blocks, with as many parameters as Keras counts', () => {
    expect(bottlenecks).toHaveLength(16);
    expect(convUnits).toHaveLength(53);
    expect(count(trunkShapes())).toBe(23_587_712);
  });

  it('ends in 1024 hidden units and one logit', () => {
    expect(count(headShapes())).toBe(2048 * 1024 + 1024 + 1024 + 1);
  });
});
