import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refusals } from '@lucency/contracts';
import { drawPhantom, drawRefusedSample } from '@lucency/imaging';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const main = join(import.meta.dirname, '../dist/main.js');
const folder = mkdtempSync(join(tmpdir(), 'lucency-cli-'));

interface Ended {
  code: number;
  out: string;
  err: string;
}

function run(...args: string[]): Promise<Ended> {
  const env = { ...process.env, INIT_CWD: folder };
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], { env, maxBuffer: 64e6 }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

beforeAll(async () => {
  for (const label of ['NORMAL', 'PNEUMONIA']) {
    mkdirSync(join(folder, 'data', label), { recursive: true });
    for (const seed of [1, 2, 3]) {
      const phantom = await drawPhantom({ seed, pneumonia: label === 'PNEUMONIA', width: 500, height: 400 });
      writeFileSync(join(folder, 'data', label, `phantom-${seed}.jpeg`), phantom);
    }
  }
  writeFileSync(join(folder, 'data/NORMAL/page.jpeg'), await drawRefusedSample('page'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('classify', () => {
  it('prints one JSON object a file, with a heatmap where something speaks for pneumonia', async () => {
    const { code, out } = await run(
      'classify',
      'data/PNEUMONIA/phantom-1.jpeg',
      'data/NORMAL/page.jpeg',
      '--json',
      '--heatmap',
      'maps',
    );
    const [read, refused] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(code).toBe(0);
    expect(read).toMatchObject({ file: 'data/PNEUMONIA/phantom-1.jpeg', refusal: null, engine: 'onnx-int8' });
    expect(read.decision).toBe(read.probability >= read.threshold ? 'PNEUMONIA' : 'NORMAL');
    expect(Object.keys(read.timings)).toEqual(['prepare', 'lungs', 'wait', 'infer']);
    if (read.heatmap) expect(readFileSync(read.heatmap).subarray(1, 4).toString()).toBe('PNG');
    expect(read).toMatchObject({
      cautions: expect.any(Array),
      claims: expect.any(Array),
      region: { width: expect.any(Number), height: expect.any(Number) },
    });
    // What the model was shown of the phantom: its lungs, or all of it.
    expect(read.region.width).toBeGreaterThan(0.5);
    expect(read.region.width).toBeLessThanOrEqual(1);
    expect(refused).toMatchObject({
      claims: [],
      cautions: [],
      decision: null,
      probability: null,
      refusal: { code: 'NOT_CHEST_XRAY', message: refusals.NOT_CHEST_XRAY },
    });
  });

  it('tells people in a table, colourless in a pipe, what to do about a refusal', async () => {
    const { code, out } = await run('classify', 'data/NORMAL/phantom-1.jpeg', 'data/NORMAL/page.jpeg');
    expect(code).toBe(0);
    expect(out).toContain(refusals.NOT_CHEST_XRAY);
    expect(out).toMatch(/phantom-1\.jpeg\s+(NORMAL|PNEUMONIA)\s+[01]\.\d{3}/);
    expect(out.includes('\x1b')).toBe(false);
  });

  it('takes folders and any number of files', async () => {
    // Most are not there, which is an answer that takes no time; their names alone are 400 KB.
    const names = Array.from({ length: 2_000 }, (_, at) => `${'n'.repeat(200)}/${at}.jpeg`);
    const { code, out, err } = await run('classify', ...names, 'data', '--json');
    expect({ code, err }).toEqual({ code: 1, err: '' });
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(2_007);
    expect(lines[0]).toMatchObject({ error: 'There is no such file.' });
    expect(lines.at(-1)).toMatchObject({ file: 'data/PNEUMONIA/phantom-3.jpeg', refusal: null });
  });

  it('ends with 1 when a file is not there, after answering the others', async () => {
    const { code, out } = await run('classify', 'absent.jpeg', 'data/NORMAL/phantom-1.jpeg');
    expect(code).toBe(1);
    expect(out).toContain('There is no such file.');
    expect(out).toMatch(/phantom-1\.jpeg\s+(NORMAL|PNEUMONIA)/);
  });
});

describe('evaluate', () => {
  it('reads a folder with the serving code and leaves report, table and plots', async () => {
    const { code, out, err } = await run('evaluate', '--data', 'data', '--out', 'report');
    expect({ code, err: err.includes('reading images') }).toEqual({ code: 0, err: true });
    expect(out).toContain('AUC');
    const report = JSON.parse(readFileSync(join(folder, 'report/report.json'), 'utf8'));
    expect(report).toMatchObject({ n: 6, refused: 1, engine: 'onnx-int8' });
    const { tp, fp, tn, fn } = report.confusion;
    expect(tp + fp + tn + fn).toBe(6);
    for (const field of 'auc accuracy sensitivity specificity precision f1 ece threshold modelId intervals'.split(
      ' ',
    ))
      expect(report).toHaveProperty(field);
    expect(readFileSync(join(folder, 'report/predictions.csv'), 'utf8').trim().split('\n')).toHaveLength(8);
    expect(readFileSync(join(folder, 'report/predictions.csv'), 'utf8')).not.toContain('phantom');
    expect(readFileSync(join(folder, 'report/MODEL_CARD.md'), 'utf8')).toContain('## Known failures');
    for (const plot of ['roc', 'precision-recall', 'reliability', 'confusion'])
      expect(readFileSync(join(folder, `report/${plot}.svg`), 'utf8')).toContain('<svg');
  });
});

describe('evaluate of a manifest', () => {
  it('reports by group, and what is abnormal otherwise apart', async () => {
    const row = (label: string, seed: number, as = label) =>
      `${label}/phantom-${seed}.jpeg,${as} ${seed},${as},${seed % 2 ? 'PA' : 'AP'},"[[128, 128, 768, 768]]"`;
    writeFileSync(
      join(folder, 'data/site.csv'),
      [
        'file,patient,label,view,boxes_xywh_of_1024',
        ...[1, 2, 3].map((seed) => row('PNEUMONIA', seed)),
        ...[1, 2].map((seed) => row('NORMAL', seed)),
        row('NORMAL', 3, 'OTHER_ABNORMAL'),
      ].join('\n'),
    );
    const { code, out } = await run(
      'evaluate',
      '--data',
      'data/site.csv',
      '--group-by',
      'view',
      '--out',
      'groups',
    );
    expect(code).toBe(0);
    expect(out).toMatch(/view PA, against other abnormal\s+3 /);
    expect(out).toMatch(/opacities marked[\s\S]+all\s+3 /);
    const report = JSON.parse(readFileSync(join(folder, 'groups/report.json'), 'utf8'));
    expect(report).toMatchObject({ n: 5, refusals: {}, models: [{ sets: { 'view AP': { images: 2 } } }] });
    expect(report.models[0].lungs[0]).toMatchObject({ name: 'all', images: 3 });
    expect(readFileSync(join(folder, 'groups/MODEL_CARD.md'), 'utf8')).toContain('against other abnormal');
  });

  it('takes opacities that were drawn for boxes', async () => {
    mkdirSync(join(folder, 'masks'));
    const drawn = await sharp({ create: { width: 50, height: 40, channels: 3, background: 'white' } })
      .png()
      .toBuffer();
    writeFileSync(join(folder, 'masks/phantom-1.png'), drawn);
    const { code, out } = await run('evaluate', '--data', 'data', '--masks', 'masks');
    expect(code).toBe(0);
    // The whole picture is one opacity, which every peak lies in.
    expect(out).toMatch(/opacities marked[\s\S]+all\s+1 {2}1\.000 [^\n]+ 1\.00/);
  });

  it('says in one line which columns there are', async () => {
    const { code, err } = await run('evaluate', '--data', 'data/site.csv', '--group-by', 'colour');
    expect({ code, err }).toEqual({
      code: 2,
      err: 'data/site.csv cannot be grouped by colour: its other columns are view.\n',
    });
  });
});

describe('accept', () => {
  it('measures a folder, and leaves an operating point that classify applies', async () => {
    const { code, out, err } = await run(
      'accept',
      '--data',
      'data',
      '--prevalence',
      '0.1',
      '--out',
      'accepted',
    );
    expect(code).toBe(0);
    expect(out).toMatch(/3 patients with pneumonia cannot promise it/);
    expect(out).toMatch(/refitted, balanced\s+0\.1\d* /);
    expect(err).toContain(`NORMAL/page.jpeg: ${refusals.NOT_CHEST_XRAY}`);
    const point = JSON.parse(readFileSync(join(folder, 'accepted/operating-point.json'), 'utf8'));
    expect(point).toMatchObject({ purpose: 'balanced', cases: { patients: { normal: 3, pneumonia: 3 } } });
    expect(readFileSync(join(folder, 'accepted/report.html'), 'utf8')).not.toContain('phantom');
    expect(readFileSync(join(folder, 'accepted/readings.json'), 'utf8')).not.toContain('phantom');

    const apply = ['classify', 'data/PNEUMONIA/phantom-1.jpeg', '--json', '--operating-point'];
    const applied = JSON.parse((await run(...apply, 'accepted/operating-point.json')).out);
    expect(applied).toMatchObject({ threshold: point.threshold, operatingPoint: { purpose: 'balanced' } });
    expect(applied.decision).toBe(applied.probability >= point.threshold ? 'PNEUMONIA' : 'NORMAL');

    writeFileSync(join(folder, 'other.json'), JSON.stringify({ ...point, modelId: 'another-model' }));
    const refused = await run(...apply, 'other.json');
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toMatch(/^[^\n]+other\.json was measured with another-model, and this is [^\n]+\n$/);
  });

  it('asks no picture twice that it read before', async () => {
    const file = join(folder, 'accepted/readings.json');
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, before.replace(/"logit":\s*(-?[\d.]+)/, '"logit":42'));
    const { code } = await run('accept', '--data', 'data', '--out', 'accepted');
    expect(code).toBe(0);
    expect(readFileSync(file, 'utf8')).toMatch(/"logit":\s*42/);
  });

  it('says how it is done', async () => {
    const { code, out } = await run('accept', '--help');
    expect(code).toBe(0);
    expect(out).toContain('--prevalence');
  });

  const faults: [string, string[], RegExp][] = [
    ['no --data', [], /--data/],
    ['an unknown option', ['--data', 'data', '--prevalance', '0.1'], /--prevalance/],
    [
      'a prevalence in percent',
      ['--data', 'data', '--prevalence', '10'],
      /--prevalence is 10; it is a share/,
    ],
    ['a purpose that is none', ['--data', 'data', '--purpose', 'triage'], /balanced, screening, rule-in/],
    ['a folder that is not there', ['--data', 'nowhere'], /nowhere cannot be found/],
    ['a folder without classes', ['--data', 'data/NORMAL'], /holds no NORMAL\//],
    ['a class without patients', ['--data', 'one-class.csv'], /names no image that is NORMAL/],
    ['a missing column', ['--data', 'no-patient.csv'], /has no column "patient"/],
    ['the same picture under both labels', ['--data', 'twins.csv'], /are the same picture, labelled/],
  ];
  it.each(faults)('ends with 2 and one line on %s', async (_, args, fault) => {
    const image = 'data/PNEUMONIA/phantom-1.jpeg';
    writeFileSync(join(folder, 'copy.jpeg'), readFileSync(join(folder, image)));
    writeFileSync(join(folder, 'one-class.csv'), `file,patient,label\n${image},1,PNEUMONIA\n`);
    writeFileSync(join(folder, 'no-patient.csv'), `file,label\n${image},PNEUMONIA\n`);
    writeFileSync(
      join(folder, 'twins.csv'),
      `file,patient,label\n${image},1,PNEUMONIA\ncopy.jpeg,2,NORMAL\n`,
    );
    const { code, err } = await run('accept', ...args);
    expect(code).toBe(2);
    expect(err).toMatch(fault);
    expect(err.trimEnd()).not.toContain('\n');
  });
});

describe('a wrong command line', () => {
  const wrong: string[][] = [
    [],
    ['clasify'],
    ['classify'],
    ['classify', 'x.jpeg', '--engine', 'keras'],
    ['classify', 'x.jpeg', '--jsn'],
    ['classify', 'x.jpeg', '--heatmap', 'data/NORMAL/page.jpeg'],
    ['evaluate'],
    ['evaluate', '--data', 'nowhere'],
  ];
  it.each(wrong.map((args) => [args.join(' ') || 'nothing', args] as const))(
    'ends with 2 and one line that says where to go on: %s',
    async (_, args) => {
      const { code, err } = await run(...args);
      expect(code).toBe(2);
      expect(err).toMatch(/^[^\n]+--help[^\n]*\n$/);
    },
  );
});
