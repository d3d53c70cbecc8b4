import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawPhantom } from '@lucency/imaging';
import { decide, drawGoldenInput, evaluationReport, locateModel, readModelCard } from '@lucency/model/card';
import { isNativeBuilt } from '@lucency/model/native';
import { createOnnxEngine } from '@lucency/model/onnx';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lungsRecipe } from './recipes/lungs.js';
import { robustRecipe } from './recipes/robust.js';
import { train } from './train.js';

const quiet = { show: () => {}, say: () => {} };

/** The recipe that ships, on pictures so small and few that it takes seconds. */
const small = {
  ...robustRecipe,
  head: { ...robustRecipe.head, epochs: 3 },
  fineTuning: { ...robustRecipe.fineTuning, from: 'res5c', side: 64, epochs: 1, batchSize: 8 },
  interpolations: [1],
  views: ['one' as const],
};

/** The recipe that looks at the lungs, likewise. */
const smallLungs = {
  ...lungsRecipe,
  head: { ...lungsRecipe.head, images: 16, epochs: 3 },
  fineTuning: {
    ...lungsRecipe.fineTuning,
    from: 'res5c',
    side: 96,
    early: { side: 64, epochs: 1 },
    epochs: 2,
    batchSize: 8,
    sampling: { imagesAnEpoch: 24, homeShare: 0.6, otherAbnormalShare: 0.4 },
  },
};

/** Minutes of computing: run by name, with LUCENCY_TEST_TRAINING=1. */
const asked = process.env.LUCENCY_TEST_TRAINING === '1' && isNativeBuilt('cpu');

describe.skipIf(!asked)('a training (needs npm run native and LUCENCY_TEST_TRAINING=1)', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lucency-train-'));
    for (const label of ['NORMAL', 'PNEUMONIA']) {
      await mkdir(join(folder, 'data', label), { recursive: true });
      for (let seed = 1; seed <= 20; seed++)
        await writeFile(
          join(folder, 'data', label, `phantom ${seed} ${label}.jpeg`),
          await drawPhantom({ seed, pneumonia: label === 'PNEUMONIA', width: 400, height: 360 }),
        );
    }
  }, 120_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('makes the artefact that the services load, with a report that names nobody', async () => {
    const out = join(folder, 'model');
    const card = await train(
      {
        recipe: small,
        data: join(folder, 'data'),
        out,
        id: 'phantoms',
        seed: 1,
        threads: 1,
        resume: false,
        figuresOnly: true,
        interrupted: () => false,
      },
      quiet,
    );
    expect(await readModelCard(out)).toEqual(card);
    expect(card.trainedOn.images).toEqual({ train: 24, validation: 6, calibration: 4, test: 6 });
    expect(card.operatingPoints.map(({ purpose }) => purpose)).toEqual(['screening', 'balanced', 'rule-in']);

    const engine = await createOnnxEngine({ modelDir: out, precision: 'int8', threads: 1 });
    expect(engine.name).toBe('onnx-int8');
    const { logit } = await engine.classify(drawGoldenInput());
    await engine.close();
    expect(decide(logit, card).threshold).toBe(card.threshold);

    const report = evaluationReport.parse(
      JSON.parse(await readFile(join(out, 'report/report.json'), 'utf8')),
    );
    expect(report.n).toBe(6);
    expect(Object.keys(report.sets ?? {})).toContain('border cropped');
    const predictions = await readFile(join(out, 'report/predictions.csv'), 'utf8');
    expect(predictions.trim().split('\n')).toHaveLength(7);
    expect(predictions).not.toMatch(/phantom/);
  }, 400_000);

  it('learns from another hospital and looks at the lungs, beside the model before', async () => {
    const [other, masks] = [join(folder, 'elsewhere'), join(folder, 'masks')];
    await mkdir(join(other, 'images'), { recursive: true });
    await mkdir(masks, { recursive: true });
    const rows = Array.from({ length: 24 }, (_, seed) => ({
      name: `study-${seed}`,
      found: (['NORMAL', 'PNEUMONIA', 'OTHER_ABNORMAL', 'PNEUMONIA'] as const)[seed % 4] ?? 'NORMAL',
    }));
    for (const [seed, { name, found }] of rows.entries())
      await writeFile(
        join(other, 'images', `${name}.jpeg`),
        await drawPhantom({ seed: 100 + seed, pneumonia: found === 'PNEUMONIA', width: 300, height: 300 }),
      );
    const lines = rows.map(({ name, found }, at) => {
      const boxes = found === 'PNEUMONIA' ? '"[[300, 300, 200, 200]]"' : '';
      return `images/${name}.jpeg,${at % 2 ? 'PNEUMONIA' : 'NORMAL'},${found},${at},${boxes}`;
    });
    const header = 'file,text_mined,radiologist,patient,boxes_xywh_of_1024';
    await writeFile(join(other, 'manifest.csv'), [header, ...lines].join('\n'));
    const mask = Buffer.alloc(224 * 224);
    for (let row = 50; row < 170; row++)
      for (const left of [40, 124]) mask.fill(255, row * 224 + left, row * 224 + left + 60);
    const png = await sharp(mask, { raw: { width: 224, height: 224, channels: 1 } })
      .png()
      .toBuffer();
    const atHome = ['NORMAL', 'PNEUMONIA'].flatMap((label) =>
      Array.from({ length: 20 }, (_, at) => `phantom ${at + 1} ${label}`),
    );
    for (const name of [...atHome, ...rows.map(({ name }) => name)])
      await writeFile(join(masks, `${name}.png`), png);

    const out = join(folder, 'model of lungs');
    const card = await train(
      {
        recipe: smallLungs,
        data: join(folder, 'data'),
        others: [other],
        lungMasks: [masks],
        before: await locateModel(),
        out,
        id: 'phantoms-lungs',
        seed: 1,
        threads: 1,
        resume: false,
        figuresOnly: true,
        interrupted: () => false,
      },
      quiet,
    );
    expect(card.input.crop).toBe('lungs');
    expect(card.trainedOn.name).toContain('elsewhere');
    const report = evaluationReport.parse(
      JSON.parse(await readFile(join(out, 'report/report.json'), 'utf8')),
    );
    const against = 'elsewhere, against other abnormal';
    expect(Object.keys(report.sets ?? {})).toEqual(expect.arrayContaining(['Kermany', 'elsewhere', against]));
    const [own, before] = report.models ?? [];
    expect(own?.model).toBe('phantoms-lungs');
    expect(before?.lungs.map(({ name, images }) => [name, images])).toEqual(
      own?.lungs.map(({ name, images }) => [name, images]),
    );
    expect(own?.boxes).toHaveLength(1);
  }, 400_000);
});
