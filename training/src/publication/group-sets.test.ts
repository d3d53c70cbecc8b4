import { expect, it } from 'vitest';
import type { DataExample } from '../dataset/data.js';
import type { Answer } from '../selection/answers.js';
import { groupSets } from './measure.js';

function example(index: number, label: 0 | 1, groups: Record<string, string>): DataExample {
  const names = { path: `${index}`, file: `${index}`, content: `${index}`, patient: `${index}` };
  return { ...names, index, label, groups, source: 'A', otherAbnormal: false, textMined: false, boxes: [] };
}

it('judges another source by view and by age band, where a group holds enough of both classes', () => {
  const examples = Array.from({ length: 24 }, (_, at) =>
    example(at, at % 2 === 0 ? 1 : 0, {
      view: at < 12 ? 'PA' : 'AP',
      age_band: at < 20 ? '18-39' : '40-64',
    }),
  );
  const answers: Answer[] = examples.map(({ index, label, patient, source, otherAbnormal, textMined }) => ({
    ...{ index, label, patient, source, otherAbnormal, textMined },
    ...{ treatment: 'plain', seed: 0, logit: label },
  }));
  const sets = groupSets(answers, examples, { method: 'identity' });
  expect(sets.map(({ name, rows }) => [name, rows.length])).toEqual([
    ['A, PA', 12],
    ['A, AP', 12],
    ['A, 18-39', 20],
  ]);
});
