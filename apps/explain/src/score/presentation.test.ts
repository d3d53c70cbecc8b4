import { describe, expect, it } from 'vitest';
import { presentationOf } from './presentation.js';

const thresholds = { cautionBelow: 0.25, withholdBelow: 0.125 };
const withGap = (gap: number) => ({ insertion: 0.5 + gap, deletion: 0.5 });

describe('how a heatmap is shown', () => {
  it.each([
    [0.25, 'PLAIN'],
    [0.2, 'CAUTIOUS'],
    [0.125, 'CAUTIOUS'],
    [0.1, 'WITHHELD'],
    [-0.3, 'WITHHELD'],
  ])('follows from insertion minus deletion: %f is %s', (gap, presentation) => {
    expect(presentationOf(withGap(gap), thresholds)).toBe(presentation);
  });

  it('is plain when the model has no thresholds', () => {
    expect(presentationOf(withGap(-0.3), undefined)).toBe('PLAIN');
  });
});
