import { describe, expect, it } from 'vitest';
import type { Example } from '../dataset/examples.js';
import { balancedEpoch } from './sampling.js';

function images(count: number, of: Partial<Example>): Example[] {
  return Array.from({ length: count }, () => ({
    index: 0,
    label: 0,
    patient: '',
    source: 'Kermany',
    otherAbnormal: false,
    textMined: false,
    ...of,
  }));
}

const examples = [
  ...images(300, { label: 1 }),
  ...images(100, {}),
  ...images(10, { source: 'other', label: 1 }),
  ...images(20, { source: 'other' }),
  ...images(5, { source: 'other', otherAbnormal: true }),
].map((example, index) => ({ ...example, index }));
const sampling = { imagesAnEpoch: 200, homeShare: 0.6, otherAbnormalShare: 0.4 };

describe('a balanced epoch', () => {
  const drawn = balancedEpoch(examples, sampling, 1, 1);
  const count = (of: Partial<Example>) =>
    drawn.filter((example) =>
      Object.entries(of).every(([key, value]) =>
        Object.entries(example).some(([k, v]) => k === key && v === value),
      ),
    ).length;

  it('shows both classes of every source as often, and hard negatives as often as asked', () => {
    expect(drawn).toHaveLength(200);
    expect(count({ source: 'Kermany', label: 1 })).toBe(60);
    expect(count({ source: 'Kermany', label: 0 })).toBe(60);
    expect(count({ source: 'other', label: 1 })).toBe(40);
    expect(count({ source: 'other', otherAbnormal: true })).toBe(16);
    expect(count({ source: 'other', label: 0, otherAbnormal: false })).toBe(24);
  });

  it('shows no image again before all of its kind were shown', () => {
    const times = examples
      .filter(({ source, label }) => source === 'other' && label === 1)
      .map(({ index }) => drawn.filter((other) => other.index === index).length);
    expect(times).toEqual(Array.from({ length: 10 }, () => 4));
  });

  it('is the same when it is drawn again, and unlike the next', () => {
    expect(balancedEpoch(examples, sampling, 1, 1)).toEqual(drawn);
    expect(balancedEpoch(examples, sampling, 1, 2)).not.toEqual(drawn);
  });

  it('gives a single source the whole epoch', () => {
    const home = examples.filter(({ source }) => source === 'Kermany');
    expect(balancedEpoch(home, sampling, 1, 1)).toHaveLength(200);
  });
});
