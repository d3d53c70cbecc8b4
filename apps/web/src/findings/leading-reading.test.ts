import { expect, it } from 'vitest';
import { leadingReading } from './leading-reading';

it('shows of several readings the one with the highest probability, wherever it stands', () => {
  const [low, high] = [{ probability: 0.1 }, { probability: 0.8 }];
  expect(leadingReading({ images: [{ reading: null }, { reading: low }, { reading: high }] })).toBe(high);
  expect(leadingReading({ images: [{ reading: high }, { reading: low }] })).toBe(high);
  expect(leadingReading({ images: [{ reading: null }] })).toBeNull();
});
