import { expect, it } from 'vitest';
import { consumers, subjects } from './subjects.js';

const task = '00000000-0000-4000-8000-000000000001';

it('keeps the lanes of the model in use as workers of any version know them', () => {
  expect(subjects.job('classify', 'STAT', task)).toBe(`jobs.classify.stat.${task}`);
  expect(subjects.jobsOf('classify', 'STAT')).toBe('jobs.classify.stat.*');
  expect(consumers.job('classify', 'STAT')).toBe('classify-stat');
});

it('gives a further model lanes that overlap with no other, dots in its id or not', () => {
  expect(subjects.job('explain', 'ROUTINE', task, 'resnet50-1.2')).toBe(
    `jobs.explain.routine.resnet50-1_2.${task}`,
  );
  expect(subjects.jobsOf('explain', 'ROUTINE', 'resnet50-1.2')).toBe('jobs.explain.routine.resnet50-1_2.*');
  expect(consumers.job('explain', 'ROUTINE', 'resnet50-1.2')).toBe('explain-routine-resnet50-1_2');
});
