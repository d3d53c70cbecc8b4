import { type LungMask, wholePicture } from '@lucency/imaging/lungs';
import { describe, expect, it } from 'vitest';
import { type EvidencePlaced, measureInBoxes, measureInLungs } from './evidence-places.js';

const side = 224;

/** The left half of the picture. */
const leftHalf: LungMask = {
  side,
  bits: Uint8Array.from({ length: side * side }, (_, at) => (at % side < side / 2 ? 1 : 0)),
};

function placed(cell: number, more: Partial<EvidencePlaced> = {}): EvidencePlaced {
  const evidence = new Float32Array(49).fill(-0.2);
  evidence[cell] = 1;
  return {
    label: 1,
    patient: `${cell}`,
    evidence,
    shown: wholePicture,
    lungs: leftHalf,
    boxes: [],
    ...more,
  };
}

describe('the evidence of a pneumonia', () => {
  it('lies in the lungs, at the edge, or in neither, by its peak', () => {
    const [centreLeft, corner, right] = [22, 0, 26].map((cell) => measureInLungs('test', [placed(cell)]));
    expect(centreLeft).toMatchObject({ peakInLungs: { value: 1 }, peakAtEdge: { value: 0 } });
    expect(corner).toMatchObject({ peakInLungs: { value: 1 }, peakAtEdge: { value: 1 } });
    expect(right).toMatchObject({ peakInLungs: { value: 0 }, peakAtEdge: { value: 0 } });
    expect(centreLeft?.energyInLungs.value).toBeCloseTo(1);
    expect(centreLeft?.areaOfLungs).toBeCloseTo(0.5);
  });

  it('is looked for through the crop that the model was shown', () => {
    const leftQuarter = { x: 0, y: 0.25, width: 0.5, height: 0.5 };
    const found = measureInLungs('test', [placed(26, { shown: leftQuarter })]);
    expect(found).toMatchObject({ peakInLungs: { value: 1 }, peakAtEdge: { value: 0 } });
  });

  it('hits an opacity that was marked, or misses it', () => {
    const boxes = [{ left: 3 / 7, top: 3 / 7, right: 4 / 7, bottom: 4 / 7 }];
    const [hit, missed] = [24, 0].map((cell) => measureInBoxes('test', [placed(cell, { boxes })]));
    expect(hit?.hit.value).toBe(1);
    expect(missed?.hit.value).toBe(0);
    expect(hit?.area).toBeCloseTo(1 / 49, 2);
    expect(hit?.energy ?? 0).toBeGreaterThan(10 * (hit?.area ?? 1));
    expect(missed?.energy).toBe(0);
  });

  it('hits an opacity that was drawn', () => {
    const middle = { left: 3 / 7, top: 3 / 7, right: 4 / 7, bottom: 4 / 7 };
    const bits = Uint8Array.from({ length: 49 }, (_, at) => (at === 24 ? 1 : 0));
    const drawn = measureInBoxes('test', [placed(24, { opacities: { side: 7, bits } })]);
    const boxed = measureInBoxes('test', [placed(24, { boxes: [middle] })]);
    expect(drawn).toEqual(boxed);
  });

  it('is near the lungs by the same distance in a mask of any size', () => {
    const small: LungMask = {
      side: 28,
      bits: Uint8Array.from({ length: 784 }, (_, at) => (at % 28 < 14 ? 1 : 0)),
    };
    // The middle column's peak lies in the middle of the picture, right beside the left half.
    const [large, packed] = [leftHalf, small].map((lungs) => measureInLungs('test', [placed(24, { lungs })]));
    expect(packed?.peakInLungs).toEqual(large?.peakInLungs);
    const [far, farPacked] = [leftHalf, small].map((lungs) =>
      measureInLungs('test', [placed(25, { lungs })]),
    );
    expect([far?.peakInLungs.value, farPacked?.peakInLungs.value]).toEqual([0, 0]);
  });
});
