import { describe, expect, it } from 'vitest';
import { typeInWords } from './pneumonia-type';

describe('the type of a pneumonia', () => {
  it('is said with the share of each if it is pneumonia, as a hint that decides no treatment', () => {
    const { finding, hint } = typeInWords({ bacterial: 0.6, viral: 0.2, says: 'BACTERIAL' });
    expect(finding).toBe('Looks more like bacterial pneumonia (75 %) than viral (25 %).');
    expect(hint).toMatch(
      /^A hint only, learnt from children of one hospital: no reason to choose an antibiotic/,
    );
    expect(typeInWords({ bacterial: 0.1, viral: 0.9, says: 'VIRAL' }).finding).toBe(
      'Looks more like viral pneumonia (90 %) than bacterial (10 %).',
    );
  });

  it('is never said to be sure', () => {
    expect(typeInWords({ bacterial: 1, viral: 0, says: 'BACTERIAL' }).finding).toBe(
      'Looks more like bacterial pneumonia (> 99 %) than viral (< 1 %).',
    );
  });

  it('is uncertain without figures, which would be taken for an answer', () => {
    const { finding, hint } = typeInWords({ bacterial: 0.5, viral: 0.4, says: 'UNCERTAIN' });
    expect(`${finding} ${hint}`).toBe('Bacterial or viral: uncertain. This image alone does not tell.');
  });
});
