import { describe, expect, it } from 'vitest';
import { presentationOf } from './presentation.js';

const thresholds = { cautionBelow: 0.25, withholdBelow: 0.125 };

describe('how a heatmap is shown', () => {
  it.each([
    [0.25, 'PLAIN'],
    [0.2, 'CAUTIOUS'],
    [0.125, 'CAUTIOUS'],
    [0.1, 'WITHHELD'],
    [-0.3, 'WITHHELD'],
  ])('follows from its score: %f is %s', (score, presentation) => {
    expect(presentationOf(score, thresholds)).toBe(presentation);
  });

  it('is plain when the model has no thresholds', () => {
    expect(presentationOf(-0.3, undefined)).toBe('PLAIN');
  });
});
