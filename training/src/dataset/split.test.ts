import type { Hashed } from '@lucency/evaluation';
import { describe, expect, it } from 'vitest';
import { splitByPatient } from './split.js';

function hashed(label: 'NORMAL' | 'PNEUMONIA', patient: string, content: string): Hashed {
  return { file: `${label}/${patient}-${content}`, path: `${patient}-${content}`, label, patient, content };
}

describe('a split', () => {
  const files = Array.from({ length: 1000 }, (_, index) =>
    hashed(
      index % 4 === 0 ? 'NORMAL' : 'PNEUMONIA',
      `patient ${Math.floor(index / 4) + (index % 4 === 0 ? 1e4 : 0)}`,
      `${index}`,
    ),
  );
  const shares = { test: 0.15, validation: 0.15, calibration: 0.1 };

  it('keeps every image of a patient in one part and loses none', () => {
    const parts = Object.values(splitByPatient(files, shares, 1));
    const patients = parts.map((part) => new Set(part.map(({ patient }) => patient)));
    expect(parts.flat()).toHaveLength(files.length);
    expect(new Set(patients.flatMap((part) => [...part])).size).toBe(
      patients.reduce((sum, part) => sum + part.size, 0),
    );
  });

  it('gives each part its share of both classes', () => {
    const parts = splitByPatient(files, shares, 1);
    for (const label of ['NORMAL', 'PNEUMONIA']) {
      const all = files.filter((file) => file.label === label).length;
      const of = (part: readonly Hashed[]) => part.filter((file) => file.label === label).length / all;
      expect(of(parts.train)).toBeCloseTo(0.6, 1);
      expect(of(parts.calibration)).toBeCloseTo(0.1, 1);
      expect(of(parts.validation)).toBeCloseTo(0.15, 1);
      expect(of(parts.test)).toBeCloseTo(0.15, 1);
    }
  });

  it('takes calibration out of training alone', () => {
    const [with_, without] = [shares, { ...shares, calibration: 0 }].map((of) =>
      splitByPatient(files, of, 1),
    );
    expect(with_?.test).toEqual(without?.test);
    expect(with_?.validation).toEqual(without?.validation);
    expect(without?.calibration).toEqual([]);
  });

  it('is the same for the same seed and another for another', () => {
    expect(splitByPatient(files, shares, 1)).toEqual(splitByPatient(files, shares, 1));
    expect(splitByPatient(files, shares, 1)).not.toEqual(splitByPatient(files, shares, 2));
  });
});
