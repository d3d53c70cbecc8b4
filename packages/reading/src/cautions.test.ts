import { describe, expect, it } from 'vitest';
import { cautionsOf } from './cautions.js';

describe('the cautions of a reading', () => {
  it('are none for an upright positive like those of the training', () => {
    expect(
      cautionsOf({
        inverted: false,
        orientation: 'UPRIGHT',
        mirrored: false,
        marginsCut: false,
        untypical: false,
        evidenceInside: 0.5,
      }),
    ).toEqual([]);
  });

  it('name everything that was noticed, the most important first', () => {
    expect(
      cautionsOf({
        inverted: true,
        orientation: 'ROTATED_270',
        mirrored: true,
        marginsCut: true,
        untypical: true,
        evidenceInside: 0.49,
      }),
    ).toEqual([
      'EVIDENCE_OUTSIDE_LUNGS',
      'UNLIKE_TRAINING',
      'ROTATED',
      'MIRRORED',
      'MARGINS_CUT',
      'INVERTED',
    ]);
  });
});
