import { expect, it } from 'vitest';
import { coverageOf, lungBox } from './mask.js';
import { packMask, unpackMask } from './packed.js';
import { turnedBack } from './turn.js';

it('keeps where lungs are in 98 bytes', () => {
  const side = 128;
  const bits = Uint8Array.from({ length: side * side }, (_, at) => {
    const [row, column] = [Math.floor(at / side), at % side];
    return row >= 32 && row < 96 && column >= 16 && column < 64 ? 1 : 0;
  });
  const packed = packMask({ side, bits });
  expect(packed).toHaveLength(132);
  const back = unpackMask(packed);
  expect(back.side).toBe(28);
  expect(Math.abs(coverageOf(back) - coverageOf({ side, bits }))).toBeLessThan(0.02);
  const box = lungBox(back);
  expect(Math.abs((box?.x ?? 0) - 0.125)).toBeLessThan(1 / 28);
  expect(Math.abs((box?.height ?? 0) - 0.5)).toBeLessThan(1 / 28);
});

it('keeps the mask of a part of the original at its place', () => {
  const all = { side: 8, bits: new Uint8Array(64).fill(1) };
  const read = { x: 0.25, y: 0.5, width: 0.5, height: 0.25 };
  expect(lungBox(unpackMask(packMask(all, read)))).toEqual(read);
});

it('turns a picture back from the turn that it has undergone', () => {
  // 1 2 over 3 4, turned clockwise by a quarter: 3 1 over 4 2.
  expect([...turnedBack(Float32Array.of(3, 1, 4, 2), 2, 'ROTATED_90')]).toEqual([1, 2, 3, 4]);
  expect([...turnedBack(Float32Array.of(4, 3, 2, 1), 2, 'ROTATED_180')]).toEqual([1, 2, 3, 4]);
  expect([...turnedBack(Float32Array.of(2, 4, 1, 3), 2, 'ROTATED_270')]).toEqual([1, 2, 3, 4]);
});
