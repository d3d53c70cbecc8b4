import { packMask } from '@lucency/imaging/lungs';
import { describe, expect, it } from 'vitest';
import { sectionsByGroup } from './by-group.js';
import type { ReadCase } from './cases.js';

const card = { id: 'model', calibration: { method: 'identity' }, threshold: 0.5 } as const;
const bits = Uint8Array.from({ length: 28 * 28 }, (_, at) => (at % 28 < 14 ? 1 : 0));
const leftHalf = packMask({ side: 28, bits });

/** Evidence in the middle of the left half, where the lungs are. */
function readCase(patient: string, logit: number, more: Partial<ReadCase> = {}): ReadCase {
  const evidence = Array.from({ length: 49 }, (_, cell) => (cell === 22 ? 1 : -0.1));
  const shown = { x: 0, y: 0, width: 1, height: 1 };
  return {
    file: `${patient}.png`,
    image: patient,
    patient,
    label: logit > 0 ? 1 : 0,
    otherAbnormal: false,
    textMined: false,
    boxes: [],
    opacities: null,
    groups: { view: 'PA' },
    reading: { logit, evidence, shown, lungs: leftHalf, evidenceInLungs: 1, cautions: [] },
    refused: null,
    milliseconds: 1,
    ...more,
  };
}

const cases = [
  readCase('a', 2),
  readCase('b', 1, { groups: { view: 'AP' }, boxes: [{ left: 0, top: 0, right: 0.5, bottom: 1 }] }),
  readCase('c', -2),
  readCase('d', -1, { groups: { view: 'AP' } }),
  readCase('e', 3, { label: 0, otherAbnormal: true }),
  readCase('f', 0, { reading: null, refused: 'NO_LUNGS' }),
];

describe('figures of a site', () => {
  it('are those of each group, and of pneumonia against what is abnormal otherwise apart', () => {
    const { models } = sectionsByGroup(cases, ['view'], card);
    const sets = models?.[0]?.sets ?? {};
    expect(Object.keys(sets)).toEqual([
      'pneumonia against normal',
      'pneumonia against other abnormal',
      'view AP',
      'view PA',
      'view PA, against other abnormal',
    ]);
    expect(sets['pneumonia against normal']).toMatchObject({
      images: 4,
      intervals: { specificity: { value: 1 } },
    });
    expect(sets['pneumonia against other abnormal']).toMatchObject({
      images: 3,
      intervals: { auc: { value: 0 }, specificity: { value: 0 } },
    });
  });

  it('say where the evidence lies, in lungs and in what was marked', () => {
    const { models } = sectionsByGroup(cases, ['view'], card);
    const [model] = models ?? [];
    expect(model?.lungs.map(({ name, images }) => [name, images])).toEqual([
      ['all', 2],
      ['view AP', 1],
      ['view PA', 1],
    ]);
    expect(model?.lungs[0]).toMatchObject({ peakInLungs: { value: 1 }, areaOfLungs: 0.5 });
    expect(model?.boxes[0]).toMatchObject({ images: 1, hit: { value: 1 }, area: 0.5 });
  });

  it('tell labels of radiologists from those that a program found', () => {
    const mined = [...cases, readCase('g', 4, { textMined: true }), readCase('h', -4, { textMined: true })];
    const { models } = sectionsByGroup(mined, [], card);
    expect(models?.[0]?.sets['label found in the report']).toMatchObject({ images: 2 });
    expect(sectionsByGroup(cases, [], card).models?.[0]?.sets).not.toHaveProperty(
      'label found in the report',
    );
  });

  it('count refusals, and cautions among what was read', () => {
    const [first, ...others] = cases;
    if (!first?.reading) throw new Error('no reading');
    const unlike = { ...first, reading: { ...first.reading, cautions: ['UNLIKE_TRAINING'] } };
    const { refusals, cautions } = sectionsByGroup([unlike, ...others], [], card);
    expect(refusals).toEqual({ NO_LUNGS: 1 });
    expect(cautions?.UNLIKE_TRAINING).toMatchObject({ value: 0.2 });
  });
});
