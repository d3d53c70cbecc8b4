import { describe, expect, it } from 'vitest';
import { cropBox, cropMask, cropShades } from './crop.js';
import { cellShares, dilated, evidenceInLungs } from './evidence.js';
import { coverageOf, type LungMask, lungBox, maskOf, wholePicture } from './mask.js';

/** Rectangles of lung: left, top, right, bottom in pixels. */
function drawn(side: number, ...boxes: [number, number, number, number][]): LungMask {
  const bits = new Uint8Array(side * side);
  for (const [left, top, right, bottom] of boxes)
    for (let row = top; row < bottom; row += 1) bits.fill(1, row * side + left, row * side + right);
  return { side, bits };
}

const twoLungs = drawn(100, [20, 20, 40, 80], [60, 30, 80, 80]);

describe('the mask', () => {
  it('keeps the two largest parts and leaves specks out', () => {
    const spotted = drawn(100, [20, 20, 40, 80], [60, 30, 80, 80], [0, 90, 20, 100], [95, 0, 98, 3]);
    const likely = Float32Array.from(spotted.bits, (bit) => (bit ? 0.9 : 0.2));
    expect(maskOf(likely, 100).bits).toEqual(twoLungs.bits);
  });

  it('says where the lungs are and how much they cover', () => {
    expect(lungBox(twoLungs)).toEqual({ x: 0.2, y: 0.2, width: 0.6, height: 0.6 });
    expect(coverageOf(twoLungs)).toBeCloseTo(0.22);
    expect(lungBox(drawn(10))).toBeNull();
  });
});

describe('the crop', () => {
  it('leaves a margin around the lungs that ends at the edge of the picture', () => {
    const { x, y, width, height } = cropBox(twoLungs);
    expect([x, y, width, height]).toEqual([0.152, 0.152, 0.696, 0.696].map((value) => expect.closeTo(value)));
    expect(cropBox(drawn(100, [0, 0, 100, 50]))).toEqual({
      x: 0,
      y: 0,
      width: 1,
      height: expect.closeTo(0.54),
    });
  });

  it('is the whole picture where the lungs were hardly found', () => {
    expect(cropBox(drawn(100, [10, 10, 30, 39]))).toEqual(wholePicture);
    expect(cropBox(drawn(100))).toEqual(wholePicture);
  });

  it('shows a part at the size of the whole, and the whole as it is', () => {
    const ramp = Float32Array.from({ length: 64 }, (_, at) => at % 8);
    expect(cropShades(ramp, 8, wholePicture)).toEqual(ramp);
    const middle = cropShades(ramp, 8, { x: 0.25, y: 0.25, width: 0.5, height: 0.5 });
    expect([...middle.subarray(0, 8)]).toEqual([1.75, 2.25, 2.75, 3.25, 3.75, 4.25, 4.75, 5.25]);
  });

  it('is black beyond the picture', () => {
    const white = new Float32Array(64).fill(1);
    const wide = cropShades(white, 8, { x: -0.5, y: 0, width: 2, height: 1 });
    expect([...wide.subarray(0, 8)]).toEqual([0, 0, 1, 1, 1, 1, 0, 0]);
  });

  it('cuts the mask where it cuts the picture', () => {
    expect(cropMask(twoLungs, { x: 0.2, y: 0.2, width: 0.2, height: 0.6 }).bits).toEqual(
      new Uint8Array(10_000).fill(1),
    );
  });
});

describe('evidence in the lungs', () => {
  const evidence = (...cells: [cell: number, value: number][]) => {
    const all = new Float32Array(49).fill(-0.1);
    for (const [cell, value] of cells) all[cell] = value;
    return all;
  };

  it('counts each cell by the share that grown lungs cover', () => {
    const half = drawn(224, [0, 0, 112, 224]);
    expect(evidenceInLungs(evidence([0, 1]), half, wholePicture)).toBe(1);
    expect(evidenceInLungs(evidence([6, 1]), half, wholePicture)).toBe(0);
    expect(evidenceInLungs(evidence([0, 1], [6, 3]), half, wholePicture)).toBeCloseTo(0.25);
    // The middle cell ends at pixel 128; lungs grown by four pixels cover 20 of its 32 columns.
    expect(evidenceInLungs(evidence([3, 1]), half, wholePicture)).toBeCloseTo(20 / 32);
  });

  it('looks through the crop that the model was shown', () => {
    const left = drawn(224, [0, 0, 112, 224]);
    expect(evidenceInLungs(evidence([6, 1]), left, { x: 0, y: 0, width: 0.5, height: 1 })).toBe(1);
  });

  it('is unknown where nothing speaks for pneumonia', () => {
    expect(evidenceInLungs(evidence(), twoLungs, wholePicture)).toBeNull();
  });

  it('grows lungs by a disc and measures cells by their own pixels', () => {
    expect(coverageOf(dilated(drawn(9, [4, 4, 5, 5]), 1))).toBeCloseTo(9 / 81);
    expect([...cellShares(drawn(4, [0, 0, 2, 2]), 2)]).toEqual([1, 0, 0, 0]);
  });
});
