import type { LungMeasures } from '@lucency/imaging/lungs';
import { describe, expect, it } from 'vitest';
import type { Look } from './look.js';
import { measureRule } from './measure-rule.js';

const lungs: LungMeasures = {
  area: 0.3,
  inTwo: 1,
  confidence: 0.95,
  weaker: 0.92,
  slimness: 1.6,
  ratio: 0.9,
  apart: 0.4,
  heightBetween: 0.02,
  heightRatio: 0.9,
};

function looks(
  collection: string,
  chest: boolean,
  count: number,
  confidence: (at: number) => number,
): Look[] {
  return Array.from({ length: count }, (_, at) => ({
    collection,
    chest,
    patient: `${collection}-${at}`,
    refusal: null,
    measures: { ...lungs, confidence: confidence(at) },
  }));
}

describe('the measurement of the gate', () => {
  it('chooses a rule between chests and other pictures and judges patients that did not choose it', () => {
    const report = measureRule(
      [
        ...looks('chests', true, 100, (at) => 0.95 + (at % 5) / 100),
        ...looks('knees', false, 50, (at) => 0.7 + (at % 16) / 100),
      ],
      1,
    );
    expect(report.rule.leastConfidence).toBeGreaterThan(0.85);
    expect(report.rule.leastConfidence).toBeLessThanOrEqual(0.95);
    expect(report.chests).toMatchObject([{ name: 'chests', n: 100, refused: 0 }]);
    expect(report.notChests).toMatchObject([{ name: 'knees', n: 50, refused: 50 }]);
    expect(report.notChests[0]?.upperBound).toBeLessThan(0.08);
  });

  it('counts what was refused before lungs were looked for', () => {
    const blank: Look = {
      collection: 'blanks',
      chest: false,
      patient: 'b',
      refusal: 'BLANK',
      measures: null,
    };
    const report = measureRule([...looks('chests', true, 20, () => 0.95), blank], 1);
    expect(report.notChests).toMatchObject([{ n: 1, refused: 1 }]);
  });
});
