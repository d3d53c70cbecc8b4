import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { HoldBack } from './hold-back.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('answers at once whoever waits as told, and a second later whoever does not', async () => {
  const holdBack = new HoldBack();
  const told: string[] = [];
  const refuse = async (who: string) => {
    await holdBack.beforeRefusing(who, 5);
    told.push(who);
  };
  await refuse('early');
  await refuse('other');
  expect(told).toEqual(['early', 'other']);

  vi.advanceTimersByTime(4_000);
  const again = refuse('early');
  await vi.advanceTimersByTimeAsync(900);
  expect(told).toEqual(['early', 'other']);
  await vi.advanceTimersByTimeAsync(200);
  await again;
  expect(told).toEqual(['early', 'other', 'early']);

  await refuse('other');
  expect(told).toHaveLength(4);
});
