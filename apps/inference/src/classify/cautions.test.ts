import { describe, expect, it } from 'vitest';
import { cautionsOf } from './cautions.js';

describe('the cautions of a reading', () => {
  it('are none for an upright positive like those of the training', () => {
    expect(
      cautionsOf({
        inverted: false,
        orientation: 'UPRIGHT',
        mirrored: false,
        distance: { value: 1, cautionFrom: 2 },
      }),
    ).toEqual([]);
  });

  it('name everything that was noticed, the most important first', () => {
    expect(
      cautionsOf({
        inverted: true,
        orientation: 'ROTATED_270',
        mirrored: true,
        distance: { value: 2, cautionFrom: 2 },
      }),
    ).toEqual(['UNLIKE_TRAINING', 'ROTATED', 'MIRRORED', 'INVERTED']);
  });
});
