import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluationReport, locateModel, type ModelCard, readModelCard } from '@lucency/model/card';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { figuresWithIntervals } from './figures.js';
import { type EvaluatedFile, imageKey } from './predictions.js';
import { composeReport, type ReportContent, reportFiles, writeReport } from './report.js';

const directory = mkdtempSync(join(tmpdir(), 'lucency-report-'));
let card: ModelCard;
beforeAll(async () => {
  card = { ...(await readModelCard(await locateModel())), threshold: 0.5 };
});
afterAll(() => rmSync(directory, { recursive: true }));

const read = (patient: string, label: EvaluatedFile['label'], probability: number): EvaluatedFile => ({
  image: imageKey(Buffer.from(patient)),
  patient,
  label,
  probability,
  refused: null,
  milliseconds: 10,
});
const rows: EvaluatedFile[] = [
  read('person7', 'PNEUMONIA', 0.9),
  read('IM-3', 'NORMAL', 0.2),
  { ...read('IM-4', 'NORMAL', 0), probability: null, refused: 'BLANK', milliseconds: 4 },
];
const content = (more: Partial<ReportContent> = {}): ReportContent => ({
  card,
  engine: 'onnx-int8',
  rows,
  resampling: { resamples: 50 },
  ...more,
});
const files = (more: Partial<ReportContent> = {}) => reportFiles(composeReport(content(more)), content(more));

describe('a report', () => {
  it('counts refused images apart from all other figures', () => {
    expect(composeReport(content())).toMatchObject({
      n: 2,
      refused: 1,
      patients: 2,
      prior: 0.5,
      auc: 1,
      accuracy: 1,
      confusion: { tp: 1, fp: 0, tn: 1, fn: 0 },
      threshold: 0.5,
      engine: 'onnx-int8',
      modelId: card.id,
      millisecondsPerImage: 8,
    });
  });

  it('is written whole, and read back as what was measured', async () => {
    const sets = { plain: figuresWithIntervals([{ label: 1, probability: 1, patient: 'a' }], 0.5) };
    const epochs = [1, 2].map((epoch) => ({
      epoch,
      stage: 'head',
      trainingLoss: 1 / epoch,
      validationLoss: 0.5,
    }));
    const { report, fileNames } = await writeReport(directory, content({ sections: { sets, epochs } }));
    expect(readdirSync(directory).sort()).toEqual([...fileNames].sort());
    expect(fileNames).toContain('learning-curves.svg');
    expect(fileNames).toContain('disturbances.svg');
    expect(evaluationReport.parse(JSON.parse(readFileSync(join(directory, 'report.json'), 'utf8')))).toEqual(
      report,
    );
  });

  it('names no file and no patient anywhere', () => {
    const everything = [...files().values()].join('\n');
    expect(everything).not.toMatch(/person7|IM-3/);
    expect(files().get('predictions.csv')?.trim().split('\n')).toEqual([
      'image,label,probability,decision,refused,milliseconds',
      `${imageKey(Buffer.from('person7'))},PNEUMONIA,0.9,PNEUMONIA,,10.0`,
      `${imageKey(Buffer.from('IM-3'))},NORMAL,0.2,NORMAL,,10.0`,
      `${imageKey(Buffer.from('IM-4'))},NORMAL,,,BLANK,4.0`,
    ]);
  });

  it('draws every plot, even of nothing', () => {
    for (const some of [rows, []])
      for (const name of ['roc', 'precision-recall', 'reliability', 'confusion']) {
        const plot = files({ rows: some }).get(`${name}.svg`) ?? '';
        expect(plot).toMatch(/^<svg[\s\S]*<\/svg>\n$/);
        expect(plot).not.toMatch(/NaN|undefined|Infinity/);
      }
  });

  it('refuses a section that holds what is no figure', () => {
    const twins = { pairs: 60, medianLogitDifference: -1, largestLogitDifference: 1, decisionsDiffer: 0 };
    expect(() => composeReport(content({ sections: { twins } }))).toThrow();
  });

  it('tells people of the published failure, and of sections only where they were measured', () => {
    const text = files().get('MODEL_CARD.md') ?? '';
    expect(text).toContain('AUC of 0.54');
    expect(text).toContain(card.intendedUse);
    expect(text).not.toContain('## Operating points');
    const twins = { pairs: 60, medianLogitDifference: 0.1, largestLogitDifference: 0.4, decisionsDiffer: 0 };
    expect(files({ sections: { twins } }).get('MODEL_CARD.md')).toContain('60 images as they were published');
  });
});
