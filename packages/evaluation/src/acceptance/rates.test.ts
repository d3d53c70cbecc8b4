import { describe, expect, it } from 'vitest';
import { exactRates, predictiveValues } from './rates.js';

const row = (label: 0 | 1, patient: string, called: boolean) => ({ label, patient, called });

describe('rates at an operating point', () => {
  it('claim no certainty of ten patients without an error', () => {
    const rows = Array.from({ length: 10 }, (_, at) => row(1, `p${at}`, true));
    expect(exactRates(rows).sensitivity).toEqual({ value: 1, low: 0.6915, high: 1 });
  });

  it('weigh each patient one', () => {
    const rows = [row(0, 'a', true), row(0, 'b', false), row(0, 'b', false), row(0, 'b', false)];
    expect(exactRates(rows).specificity.value).toBe(0.5);
  });

  it('say by Bayes what an answer is worth where pneumonia is rare', () => {
    const exact = (value: number) => ({ value, low: value, high: value });
    const { ppv, npv } = predictiveValues({ sensitivity: exact(0.9), specificity: exact(0.8) }, 0.05);
    expect(ppv?.value).toBeCloseTo(0.19149, 4);
    expect(npv?.value).toBeCloseTo(0.99346, 4);
  });

  it('have no value of an answer that nobody gets', () => {
    const exact = (value: number) => ({ value, low: value, high: value });
    const { npv } = predictiveValues({ sensitivity: exact(1), specificity: exact(0) }, 0.05);
    expect(npv).toBeNull();
  });
});
