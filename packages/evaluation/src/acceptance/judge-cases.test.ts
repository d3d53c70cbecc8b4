import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calibrate, locateModel, type ModelCard, readModelCard } from '@lucency/model/card';
import { normal, seededRandom } from '@lucency/statistics';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReadCase } from '../cases.js';
import { drawSizes } from './draws.js';
import { asAnswered, judgeCases } from './judge-cases.js';
import { atSite, readOperatingPoint } from './operating-point.js';
import { pointFor, writeAcceptance } from './write-acceptance.js';

const folder = mkdtempSync(join(tmpdir(), 'lucency-acceptance-'));
let card: ModelCard;
beforeAll(async () => {
  card = await readModelCard(await locateModel());
});
afterAll(() => rmSync(folder, { recursive: true }));

function readCase(label: 0 | 1, patient: string, logit: number, more: Partial<ReadCase> = {}): ReadCase {
  const shown = { x: 0, y: 0, width: 1, height: 1 };
  const evidence = Array.from({ length: 49 }, () => 0);
  return {
    file: `${patient}.png`,
    image: `key of ${patient}`,
    patient,
    label,
    otherAbnormal: false,
    textMined: false,
    boxes: [],
    opacities: null,
    groups: {},
    reading: { logit, evidence, shown, lungs: null, evidenceInLungs: null, cautions: [] },
    refused: null,
    milliseconds: 1,
    ...more,
  };
}

/** A site where every answer lies far too high for the card's threshold. */
function site(ofEach: number, seed = 1): ReadCase[] {
  const random = seededRandom(seed);
  return Array.from({ length: 2 * ofEach }, (_, at) => {
    const label = at < ofEach ? 1 : 0;
    return readCase(label, `person ${at}`, 4 + 3 * label + normal(random));
  });
}

const judge = (cases: readonly ReadCase[], more: { prevalence?: number; labels?: 'people' | 'any' } = {}) =>
  judgeCases(cases, {
    card,
    engine: 'onnx-int8',
    asked: { sensitivity: 0.95, specificity: 0.95 },
    resampling: { resamples: 50 },
    ...more,
  });
const balanced = (report: ReturnType<typeof judge>) => pointFor(report, 'balanced');

describe('an acceptance', () => {
  it("finds that the card's threshold fails here, and one that does not", () => {
    const report = judge(site(20));
    expect(report.card.points.find(({ isDefault }) => isDefault)?.specificity.value).toBe(0);
    expect(balanced(report).rates.specificity.value).toBeGreaterThan(0.8);
    expect(balanced(report).rates.sensitivity.value).toBeGreaterThan(0.8);
    expect(report.findings[0]).toMatchObject({
      grade: 'stop',
      text: expect.stringContaining('at its own threshold'),
    });
    expect(report.site.calibration.error.value).toBeLessThan(report.card.calibration.error.value);
  });

  it('says plainly what twenty cases cannot promise', () => {
    const { findings } = judge(site(10));
    expect(findings.map(({ text }) => text)).toContainEqual(
      expect.stringMatching(
        /sensitivity of 95 % was asked, and 10 patients with pneumonia cannot promise it.+takes 59/,
      ),
    );
    const enough = judge(site(60)).findings.map(({ text }) => text);
    expect(enough.filter((text) => text.includes('cannot promise'))).toEqual([]);
  });

  it('changes probabilities with the prevalence, and what answers are worth, but no decision', () => {
    const cases = site(20);
    const [even, rare] = [balanced(judge(cases)), balanced(judge(cases, { prevalence: 0.05 }))];
    expect(even.prevalence).toEqual({ value: 0.5, from: 'cases' });
    expect(rare.prevalence).toEqual({ value: 0.05, from: 'given' });
    for (const { reading } of cases) {
      const logit = reading?.logit ?? 0;
      const [atHalf, atTwentieth] = [even, rare].map((point) => calibrate(logit, point.calibration));
      expect(atTwentieth).toBeLessThan(atHalf ?? 0);
      expect((atTwentieth ?? 0) >= rare.threshold).toBe((atHalf ?? 0) >= even.threshold);
    }
    const worth = (prevalence?: number) =>
      judge(cases, prevalence === undefined ? {} : { prevalence }).site.points[1]?.ppv?.value ?? 0;
    expect(worth(0.05)).toBeLessThan(worth());
  });

  it('judges what is abnormal otherwise apart, and leaves out labels that nobody gave', () => {
    const cases = [
      ...site(20),
      ...[1, 2, 3].map((at) => readCase(0, `other ${at}`, 9, { otherAbnormal: true })),
      readCase(1, 'mined', -9, { textMined: true }),
      readCase(0, 'refused', 0, { reading: null, refused: 'NO_LUNGS' }),
    ];
    const report = judge(cases);
    expect(report.cases).toMatchObject({ files: 45, refused: 1, textMined: 1 });
    expect(report.cases.images).toEqual({ normal: 20, pneumonia: 20, otherAbnormal: 3 });
    expect(report.site.points[1]?.otherSpecificity?.value).toBe(0);
    expect(report.refusals).toEqual({ NO_LUNGS: 1 });
    expect(judge(cases, { labels: 'any' }).cases.images.pneumonia).toBe(21);
  });

  it('says when the patients are not of the ages that the model is meant for', () => {
    const aged = (age: string) => judge(site(5).map((each) => ({ ...each, groups: { age } }))).findings;
    const fault = expect.objectContaining({
      grade: 'care',
      text: expect.stringContaining('outside the ages'),
    });
    expect(aged('45')).toContainEqual(fault);
    expect(aged('3')).not.toContainEqual(fault);
    expect(aged('')).not.toContainEqual(fault);
  });

  it('needs both classes, and says which is missing', () => {
    const one = [...site(5).slice(5), readCase(1, 'alone', 5)];
    expect(() => judge(one)).toThrow('Only 1 patient with pneumonia could be read');
  });

  it('takes a patient of both classes for one', () => {
    const cases = [...site(5), readCase(0, 'person 0', 3)];
    expect(judge(cases).cases.patients).toEqual({ normal: 6, pneumonia: 5 });
  });
});

describe('what an acceptance leaves', () => {
  it('is a page that loads nothing, reads without script, and names nobody', async () => {
    await writeAcceptance(folder, judge(site(10)), { card, purpose: 'balanced' });
    const page = readFileSync(join(folder, 'report.html'), 'utf8');
    expect(page).not.toMatch(/<script|src="(?!data:)|href=|url\(|@import|NaN|undefined/);
    expect(page).toContain('cannot promise');
    const everything = ['report.html', 'report.json', 'operating-point.json']
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join();
    expect(everything).not.toMatch(/person \d|key of/);
  });

  it('is an operating point that reads the card as it is read at the site', async () => {
    const report = judge(site(20));
    await writeAcceptance(folder, report, { card, purpose: 'rule-in' });
    const point = await readOperatingPoint(join(folder, 'operating-point.json'), card.id);
    expect(point).toEqual(pointFor(report, 'rule-in'));
    const here = atSite(card, point);
    expect(here.threshold).toBe(point.threshold);
    const called = site(20).filter(
      ({ reading }) => calibrate(reading?.logit ?? 0, here.calibration) >= here.threshold,
    );
    expect(called.length).toBeGreaterThan(0);
    expect(called.every(({ label }) => label === 1)).toBe(true);
  });

  it.each([
    [
      'is of another model',
      (point: object) => JSON.stringify({ ...point, modelId: 'another' }),
      'was measured with another',
    ],
    ['is no JSON', () => 'threshold: 0.3', 'is no operating point'],
    [
      'lacks its threshold',
      (point: object) => JSON.stringify({ ...point, threshold: undefined }),
      'threshold: ',
    ],
  ])('is refused in one line when it %s', async (_, spoil, fault) => {
    const file = join(folder, 'spoilt.json');
    writeFileSync(file, spoil(balanced(judge(site(5)))));
    const error = await readOperatingPoint(file, card.id).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ message: expect.stringContaining(fault) });
    expect(String(error)).not.toContain('\n');
  });
});

describe('repeated draws', () => {
  it('spread less the more cases are drawn, and leave out sizes that leave nobody to judge', () => {
    const answers = asAnswered(
      site(100).flatMap((each) => (each.reading ? [{ ...each, reading: each.reading }] : [])),
    );
    const options = { card: card.calibration, asked: { sensitivity: 0.95, specificity: 0.95 }, draws: 60 };
    const drawn = drawSizes(answers, { ...options, sizes: [10, 100, 196] });
    expect(drawn.map(({ cases }) => cases)).toEqual([10, 100]);
    const [few, many] = drawn.map(({ points }) => points.balanced.specificity);
    const width = (spread?: { low: number; high: number }) => (spread?.high ?? 0) - (spread?.low ?? 0);
    expect(width(many)).toBeLessThan(width(few));
    expect(drawn[0]?.points.screening.promised).toBeCloseTo(0.549, 3);
    expect(drawn[0]?.loss.site.middle).toBeLessThan(drawn[0]?.loss.card.middle ?? 0);
    expect(drawn[0]?.loss.site.high).toBeLessThan(drawn[0]?.loss.alone.high ?? 0);
    expect(drawSizes(answers, { ...options, sizes: [10, 100] })).toEqual(drawn);
  });
});
