import { expect, it } from 'vitest';
import { areaUnder, byEvidence, curveSteps, measureFaithfulness, uncover } from './insertion-deletion.js';

const side = 224;

/** A picture of shade 0.5 with fine stripes, and a "model" as sure as there is contrast left in one cell. */
const striped = Float32Array.from({ length: side * side * 3 }, (_, at) =>
  Math.floor(at / 3) % 2 ? 0.9 : 0.1,
);
const seenIn = (cell: number) => async (inputs: Float32Array[]) =>
  inputs.map((input) => {
    let stripes = 0;
    for (let row = 0; row < 32; row += 1) {
      for (let column = 0; column < 31; column += 1) {
        const at = ((Math.floor(cell / 7) * 32 + row) * side + (cell % 7) * 32 + column) * 3;
        stripes += Math.abs((input[at] ?? 0) - (input[at + 3] ?? 0)) / 0.8;
      }
    }
    return 20 * (stripes / (32 * 31)) - 10;
  });
const pointingAt = (cell: number) =>
  Array.from({ length: 49 }, (_, at) => (at === cell ? 1 : -Math.abs(at - cell) / 49));

it('scores a map that points at what the model uses above one that points elsewhere', async () => {
  const honest = await measureFaithfulness(striped, pointingAt(10), seenIn(10));
  const misleading = await measureFaithfulness(striped, pointingAt(44), seenIn(10));
  expect(honest.insertion).toBeGreaterThan(0.9);
  expect(honest.deletion).toBeLessThan(0.1);
  expect(misleading.insertion).toBeLessThan(honest.insertion - 0.2);
  expect(misleading.deletion).toBeGreaterThan(honest.deletion + 0.2);
  expect(honest.score).toBeGreaterThan(15);
  expect(misleading.score).toBeLessThan(0);
});

it('gives a map that knows nothing no score, whatever the picture looks like at the ends', async () => {
  const seesAll = async (inputs: Float32Array[]) =>
    inputs.map((input) => 3 - input.reduce((sum, value) => sum + value, 0) / input.length);
  const { score } = await measureFaithfulness(striped, pointingAt(24), seesAll);
  expect(score).toBeCloseTo(0, 2);
});

it('walks from one picture to the other in equal steps, the strongest pixels first', () => {
  const order = byEvidence(pointingAt(24));
  const middle = order[0] ?? 0;
  expect(Math.floor(middle / side / 32) * 7 + Math.floor((middle % side) / 32)).toBe(24);
  const pictures = uncover(
    new Float32Array(side * side * 3),
    new Float32Array(side * side * 3).fill(1),
    order,
  );
  expect(pictures).toHaveLength(curveSteps + 1);
  pictures.forEach((picture, step) => {
    const share = picture.reduce((sum, value) => sum + value, 0) / picture.length;
    expect(share).toBeCloseTo(step / curveSteps, 3);
  });
});

it('measures areas by trapezoids', () => {
  expect(areaUnder([0, 1])).toBe(0.5);
  expect(areaUnder([1, 1, 1, 1])).toBe(1);
  expect(areaUnder([0, 0, 1])).toBe(0.25);
});
