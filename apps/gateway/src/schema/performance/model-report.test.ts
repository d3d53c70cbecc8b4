import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { evaluationReport, locateModel, readReport } from '@lucency/model/card';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../testing/test-gateway.js';

let gateway: TestGateway;
let modelDir: string;

/** The model in use, with a set and an operating point in its report whatever it was measured on. */
beforeAll(async () => {
  const model = await locateModel();
  const report = await readReport(model);
  if (!report) throw new Error('the model that ships has no report');
  modelDir = await mkdtemp(path.join(tmpdir(), 'lucency-model-'));
  await cp(path.join(model, 'model.json'), path.join(modelDir, 'model.json'));
  await mkdir(path.join(modelDir, 'report'));
  const { patients, prior, intervals } = report;
  const { sensitivity, specificity } = intervals;
  const full = evaluationReport.parse({
    ...report,
    sets: { dark: { images: 7, patients, prior, intervals } },
    operatingPoints: [
      {
        purpose: 'screening',
        threshold: 0.2,
        sensitivity,
        specificity,
        on: 'dark',
        wanted: 'to miss nobody',
        shortfall: 0,
        plain: { sensitivity, specificity },
      },
    ],
  });
  await writeFile(path.join(modelDir, 'report/report.json'), JSON.stringify(full));
  gateway = await startTestGateway({ LUCENCY_MODEL_DIR: modelDir });
});
afterAll(async () => {
  await gateway?.close();
  await rm(modelDir, { recursive: true });
});

it('shows signed-in people what was measured of the model in use', async () => {
  const written = JSON.parse(await readFile(path.join(modelDir, 'report/report.json'), 'utf8'));
  const { modelReport } = await gateway.client('technologist-north').get<{ modelReport: object }>(
    `{ modelReport {
      modelId threshold confusion { tp fp tn fn }
      figures { images auc { value low high } }
      sets { name images specificity { value } }
      operatingPoints { purpose threshold on sensitivity { low } }
      roc { x y low high }
      reliability { said was { value } }
    } }`,
  );
  expect(modelReport).toMatchObject({
    modelId: written.modelId,
    threshold: written.threshold,
    confusion: written.confusion,
    figures: { images: written.n, auc: written.intervals.auc },
    sets: [{ name: 'dark', images: 7, specificity: { value: written.specificity } }],
    operatingPoints: [{ purpose: 'SCREENING', threshold: 0.2, on: 'dark' }],
    roc: written.roc,
  });
});
