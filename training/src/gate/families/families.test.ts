import { assessQuality, assessTexture, prepareImage } from '@lucency/imaging';
import { locateModel, readModelCard, typicality } from '@lucency/model/card';
import { openModelRunner } from '@lucency/model/onnx';
import { afterAll, expect, it } from 'vitest';
import { counterExamples } from './index.js';

const model = await locateModel();
const card = await readModelCard(model);
const runner = await openModelRunner(model, 'int8', 1);
afterAll(() => runner.close());

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

/** Kinds of drawings that get through both steps of the gate in use; everything else must not. */
const letThrough: readonly string[] = ['pelvis', 'abdomen'];

it.each(families)('$name are refused by one of the two steps of the gate in use', async ({ pictures }) => {
  const passed: string[] = [];
  for (const { kind, bytes } of pictures) {
    const prepared = await prepareImage(bytes);
    if (!prepared.ok || !assessQuality(prepared.value.measures).acceptable) continue;
    const { texture } = await runner.run([prepared.value.input]);
    const far = typicality(texture, card)?.far ?? false;
    if (assessTexture(prepared.value.measures, far).acceptable) passed.push(kind);
  }
  expect(passed.filter((kind) => !letThrough.includes(kind))).toEqual([]);
});

it('leaves the pictures of packages out where none are', async () => {
  expect(families.map(({ name }) => name)).not.toContain('package pictures');
});
