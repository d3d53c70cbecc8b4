import { expect, it } from 'vitest';
import { progressLine } from './progress.js';

it('tells how far a step is, how fast it goes and how long it takes', () => {
  expect(progressLine('epoch 1 of 7', 50, 100, 12.4)).toMatch(
    /epoch 1 of 7 +#{15}\.{15} 50\/100, 12 images\/s, 5 s left$/,
  );
  expect(progressLine('epoch 1 of 7', 0, 3600, 8)).toMatch(/8\.0 images\/s, 7 min 30 s left$/);
});

it('promises no time before it knows a speed, nor when all is done', () => {
  expect(progressLine('validation', 1, 10, undefined)).toMatch(/1\/10$/);
  expect(progressLine('validation', 10, 10, 2)).toMatch(/10\/10, 2\.0 images\/s$/);
});
