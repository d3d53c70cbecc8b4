import { describe, expect, it } from 'vitest';
import { type EvaluatedFile, evaluate } from './report.js';

const rows: EvaluatedFile[] = [
  { file: 'PNEUMONIA/a.jpeg', label: 'PNEUMONIA', probability: 0.9, refused: null, milliseconds: 10 },
  { file: 'NORMAL/=b, "two".jpeg', label: 'NORMAL', probability: 0.2, refused: null, milliseconds: 10 },
  { file: 'NORMAL/c.jpeg', label: 'NORMAL', probability: null, refused: 'BLANK', milliseconds: 4 },
];
const model = { modelId: 'm', engine: 'onnx-int8', threshold: 0.5 } as const;

describe('a report', () => {
  it('counts refused images apart from all other figures', () => {
    const { report } = evaluate(rows, model);
    expect(report).toMatchObject({
      n: 2,
      refused: 1,
      auc: 1,
      accuracy: 1,
      confusion: { tp: 1, fp: 0, tn: 1, fn: 0 },
    });
    expect(report).toMatchObject({
      threshold: 0.5,
      engine: 'onnx-int8',
      modelId: 'm',
      millisecondsPerImage: 8,
    });
  });

  it('comes with a table that a spreadsheet reads as text', () => {
    const lines = evaluate(rows, model).files.get('predictions.csv')?.trim().split('\n');
    expect(lines).toEqual([
      'file,label,probability,decision,refused,milliseconds',
      'PNEUMONIA/a.jpeg,PNEUMONIA,0.9,PNEUMONIA,,10.0',
      '"NORMAL/=b, ""two"".jpeg",NORMAL,0.2,NORMAL,,10.0',
      'NORMAL/c.jpeg,NORMAL,,,BLANK,4.0',
    ]);
  });

  it('draws four plots, even of nothing', () => {
    for (const some of [rows, []])
      for (const name of ['roc', 'precision-recall', 'calibration', 'confusion']) {
        const plot = evaluate(some, model).files.get(`${name}.svg`) ?? '';
        expect(plot).toMatch(/^<svg[\s\S]*<\/svg>\n$/);
        expect(plot).not.toMatch(/NaN|undefined|Infinity/);
      }
  });
});
