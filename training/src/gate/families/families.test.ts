import { assessQuality, prepareImage } from '@lucency/imaging';
import { expect, it } from 'vitest';
import { counterExamples } from './index.js';

const families = await counterExamples(12, 4, []);

it('draws every family alike for the same seed, and anew for another', async () => {
  const [again] = await counterExamples(1, 4, []);
  const [other] = await counterExamples(1, 5, []);
  expect(again?.pictures[0]).toEqual(families[0]?.pictures[0]);
  expect(other?.pictures[0]).not.toEqual(families[0]?.pictures[0]);
});

it('draws in grey, so that it is not colour that refuses them', async () => {
  for (const { pictures } of families)
    for (const { bytes } of pictures) {
      const prepared = await prepareImage(bytes);
      expect(prepared.ok && prepared.value.measures.saturation).toBe(0);
    }
});

it.each(families.map(({ name, pictures }) => ({ name, pictures })))(
  '$name never pass the gate in use',
  async ({ pictures }) => {
    const passed: string[] = [];
    for (const { kind, bytes } of pictures) {
      const prepared = await prepareImage(bytes);
      if (prepared.ok && assessQuality(prepared.value.measures).acceptable) passed.push(kind);
    }
    expect(passed).toEqual([]);
  },
);

it('leaves the pictures of packages out where none are', async () => {
  expect(families.map(({ name }) => name)).not.toContain('package pictures');
});
