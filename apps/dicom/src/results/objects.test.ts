import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DecoderPool } from '@lucency/imaging';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { Dataset } from '../association/library.js';
import { drawInstance } from '../testing/drawn-instance.js';
import { lacking, said } from '../testing/installed.js';
import { sampleRefusal, sampleResult, sampleReview } from '../testing/sample-result.js';
import { drawCapture } from './capture-picture.js';
import { contextOf } from './common-elements.js';
import { type DerivedObject, explicitLittleEndian } from './derived-object.js';
import type { ResultToSend } from './facts.js';
import { secondaryCapture } from './secondary-capture.js';
import { structuredReport } from './structured-report.js';

const folder = mkdtempSync(path.join(tmpdir(), 'lucency-objects-'));
const decoders = new DecoderPool({ processes: 1 });
afterAll(() => {
  decoders.close();
  rmSync(folder, { recursive: true });
});

const variants: [string, Partial<ResultToSend>][] = [
  ['a reading', {}],
  ['a refusal', { outcome: sampleRefusal, readingId: null, heatmap: null }],
  ['a review', { review: sampleReview }],
  [
    'an addendum without a concept of SNOMED CT',
    {
      review: {
        ...sampleReview,
        number: 2,
        comment: '',
        finding: { code: 'NOT_ASSESSABLE', name: 'Cannot be assessed', snomed: null },
      },
    },
  ],
];

async function reportOf(changes: Partial<ResultToSend>): Promise<DerivedObject> {
  const { result } = await sampleResult(changes);
  const context = contextOf(result);
  if (!context) throw new Error('the sample has a context');
  return structuredReport(result, context);
}

async function captureOf(changes: Partial<ResultToSend> = {}): Promise<DerivedObject> {
  const { result, original } = await sampleResult(changes);
  const context = contextOf(result);
  const view = await decoders.run({ product: 'view', bytes: original.file });
  if (!context || view === 'heavy' || !view.ok) throw new Error('the sample can be drawn');
  const capture = await secondaryCapture(result, context, view.value);
  if (!capture) throw new Error('the sample has a heatmap');
  return capture;
}

function written(name: string, { file }: DerivedObject): string {
  const at = path.join(folder, `${name}.dcm`);
  writeFileSync(at, file);
  return at;
}

/** The data set as an independent place of the library reads it back. */
function readBack({ file }: DerivedObject): Record<string, unknown> {
  const dataSet = file.subarray(144 + file.readUInt32LE(140));
  return new Dataset(dataSet, explicitLittleEndian).getElements();
}

describe.skipIf(lacking(['dciodvfy']))(`by the rules of the standard${lacking(['dciodvfy'])}`, () => {
  it.each(variants)('the report of %s has no error', async (name, changes) => {
    const report = said('dciodvfy', [written(name.replaceAll(' ', '-'), await reportOf(changes))]);
    expect(report).toContain('Comprehensive3DSR');
    expect(report).not.toMatch(/^Error/m);
  });

  it('the capture has no error', async () => {
    const report = said('dciodvfy', [written('capture', await captureOf())]);
    expect(report).toContain('SCImage');
    expect(report).not.toMatch(/^Error/m);
  });

  it('neither has an error where the original says nothing of patient, study and times', async () => {
    const { result, original } = await sampleResult();
    const silent = drawInstance({
      ...original,
      without: [0x00080020, 0x00080050, 0x00100010, 0x00100020, 0x00100021, 0x00100030],
    });
    const changes = {
      source: silent.file,
      study: { ...result.study, ageMonths: null, accessionNumber: null },
    };
    for (const object of [await reportOf(changes), await captureOf(changes)])
      expect(said('dciodvfy', [written('silent', object)])).not.toMatch(/^Error/m);
  });
});

describe.skipIf(lacking(['dsrdump', 'dcm2pnm']))(
  `as DCMTK reads it${lacking(['dsrdump', 'dcm2pnm'])}`,
  () => {
    it('a reading says finding, probability, operating point, algorithm and cautions', async () => {
      const dump = said('dsrdump', ['+Pl', written('reading', await reportOf({}))]);
      for (const line of [
        'contains CODE:(,,"Pneumonia")=(52101004,SCT,"Present")',
        'contains NUM:(,,"Probability")="0.871235" (1,UCUM,"no units")',
        'contains NUM:(,,"Threshold Value")="0.5"',
        'contains CODE:(,,"Purpose of the operating point")=(BALANCED,99LUCENCY',
        'has concept mod TEXT:(,,"Algorithm Name")="lucency-resnet50-lungs-1"',
        'has concept mod TEXT:(,,"Algorithm Version")="1"',
        'contains TEXT:(,,"Quality Finding")="MARGINS_CUT: Flat margins around',
        'has properties NUM:(,,"Coverage of the conformal set")="0.95"',
        'Never a diagnosis by itself.',
        'Preliminary Flag    : PRELIMINARY',
        'Verification Flag   : UNVERIFIED',
      ])
        expect(dump).toContain(line);
    });

    it('a refusal says why, and nothing of a probability', async () => {
      const dump = said('dsrdump', ['+Pl', written('refusal', await reportOf(variants[1]?.[1] ?? {}))]);
      expect(dump).toContain('contains CODE:(,,"Reading by the AI")=(NOT_READ,99LUCENCY,"Not read")');
      expect(dump).toContain('LUNGS_CUT_OFF: The lungs reach beyond');
      expect(dump).not.toContain('Probability');
    });

    it('a review is verified by the person who signed it', async () => {
      const dump = said('dsrdump', ['+Pl', written('review', await reportOf({ review: sampleReview }))]);
      expect(dump).toMatch(/Verification Flag +: VERIFIED/);
      expect(dump).toMatch(/Verifying Observers : 2026-03-01 12:00:00, Dr\. Ada Example, Harbour North/);
      expect(dump).toContain('(17621005,SCT,"No abnormality")');
      expect(dump).toContain('(DISAGREE,99LUCENCY,"Disagrees")');
    });

    it('a capture is a picture with room below the X-ray, and the heatmap where it belongs', async () => {
      const file = written('picture', await captureOf());
      const ppm = path.join(folder, 'picture.ppm');
      said('dcm2pnm', [file, ppm]);
      const bytes = readFileSync(ppm);
      const [, width = 0, height = 0] = (
        /^P6\s+(?:#.*\n)?(\d+) (\d+)/.exec(bytes.toString('latin1', 0, 99)) ?? []
      ).map(Number);
      expect(width).toBe(640);
      expect(height).toBeGreaterThan(160 + 80);
      const pixel = (x: number, y: number) => [
        ...bytes.subarray(bytes.length - 3 * (width * (height - y) - x)).subarray(0, 3),
      ];
      const left = (640 - 128) / 2;
      // The strongest colour of the map over the spot; grey where there is no evidence.
      const [red = 0, , blue = 0] = pixel(left + 86, 86);
      expect(red - blue).toBeGreaterThan(40);
      const [r, g, b] = pixel(left + 20, 20);
      expect([g, b]).toEqual([r, r]);
    });
  },
);

describe('whatever the original says', () => {
  const element = (tag: number, vr: string, value: string) => ({ tag, vr, value });
  const strange = [
    ['names in three scripts', element(0x00100010, 'PN', latin1('Yamada^Tarou=山田^太郎=やまだ^たろう'))],
    ['a name that is far too long', element(0x00100010, 'PN', 'N'.repeat(300))],
    ['an ID of several values', element(0x00100020, 'LO', 'P-1\\P-2')],
    ['an accession number that is too long', element(0x00080050, 'SH', 'A'.repeat(80))],
    ['a birth date that is none', element(0x00100030, 'DA', 'yesterday')],
    ['a sex that nobody knows', element(0x00100040, 'CS', 'unknown, ask')],
  ] as const;
  it.each(strange)('repeats it, or leaves it out: %s', async (_, more) => {
    const without = [more.tag];
    const { file } = drawInstance({ without, more: [element(0x00080005, 'CS', 'ISO_IR 192'), more] });
    for (const object of [await reportOf({ source: file }), await captureOf({ source: file })]) {
      const name = written('strange', object);
      // A value that breaks the standard there breaks it here; nothing else does.
      const length =
        /Value invalid for this VR|value length|Value Multiplicity|Incorrect|Length|invalid data values/i;
      const errors = said('dciodvfy', [name])
        .split('\n')
        .filter((line) => line.startsWith('Error') && !length.test(line));
      expect(errors).toEqual([]);
      const kept = JSON.stringify(readBack(object));
      if (more.tag === 0x00100010)
        expect(kept).toContain(more.value === strange[0][1].value ? '山田^太郎' : 'NNNN');
    }
  });
});

/** UTF-8 as the writer of samples takes text: one byte a character. */
function latin1(text: string): string {
  return Buffer.from(text).toString('latin1');
}

describe('what validators do not notice', () => {
  it.each(variants)(
    'the report of %s names template, character set, evidence and nobody but its patient',
    async (_, changes) => {
      const elements = readBack(await reportOf(changes));
      expect(elements).toMatchObject({
        SpecificCharacterSet: 'ISO_IR 192',
        ContentTemplateSequence: [{ MappingResource: 'DCMR', TemplateIdentifier: '1500' }],
        PatientID: 'P-4711',
        IssuerOfPatientID: 'NORTH',
        StudyID: 'S-17',
        PatientAge: '029M',
        CompletionFlag: 'COMPLETE',
        CurrentRequestedProcedureEvidenceSequence: [
          {
            ReferencedSeriesSequence: [
              { ReferencedSOPSequence: [{ ReferencedSOPClassUID: '1.2.840.10008.5.1.4.1.1.1' }] },
            ],
          },
        ],
      });
      expect(JSON.stringify(elements.PatientName)).toContain('Müller^Zoë');
    },
  );

  it('the report of a review names its predecessor, and that of an addendum the review', async () => {
    const [reading, review, addendum] = [
      await reportOf({}),
      await reportOf({ review: sampleReview }),
      await reportOf({ review: { ...sampleReview, number: 2 } }),
    ];
    const predecessorIn = (report: DerivedObject) =>
      JSON.stringify(readBack(report).PredecessorDocumentsSequence ?? null);
    expect(predecessorIn(reading)).toBe('null');
    expect(predecessorIn(review)).toContain(reading.sopInstanceUid);
    expect(predecessorIn(addendum)).toContain(review.sopInstanceUid);
    expect(new Set([reading, review, addendum].map(({ sopInstanceUid }) => sopInstanceUid)).size).toBe(3);
  });

  it('a capture says that something is burned in, what it is derived from, and that it lost something', async () => {
    expect(readBack(await captureOf())).toMatchObject({
      SpecificCharacterSet: 'ISO_IR 192',
      BurnedInAnnotation: 'YES',
      ImageType: ['DERIVED', 'SECONDARY'],
      PhotometricInterpretation: 'RGB',
      SourceImageSequence: [{ ReferencedSOPClassUID: '1.2.840.10008.5.1.4.1.1.1' }],
    });
  });

  it('makes the same bytes of the same result, and others of another', async () => {
    const { result } = await sampleResult();
    const { source } = result;
    expect((await reportOf({ source })).file.equals((await reportOf({ source })).file)).toBe(true);
    expect((await captureOf({ source })).file.equals((await captureOf({ source })).file)).toBe(true);
    const other = await reportOf({ source, readingId: 'd7aa6f27-5f0a-4d0c-a4b3-0f6a0b0f5b52' });
    expect(other.sopInstanceUid).not.toBe((await reportOf({ source })).sopInstanceUid);
  });

  it('draws the heatmap where it lies in the original, whatever the size of either', async () => {
    const { result } = await sampleResult();
    if (result.outcome.kind !== 'read') throw new Error('the sample was read');
    const grey = { width: 800, height: 600, channels: 3, background: '#777' } as const;
    const clear = { width: 80, height: 60, channels: 4, background: '#ff000000' } as const;
    const yellow = { width: 20, height: 30, channels: 4, background: '#ff0' } as const;
    const spot = await sharp({ create: yellow }).png().toBuffer();
    const png = await sharp({ create: clear })
      .composite([{ input: spot, left: 40, top: 15 }])
      .png()
      .toBuffer();
    const picture = await drawCapture(await sharp({ create: grey }).png().toBuffer(), {
      heatmap: { png, presentation: 'PLAIN' },
      reading: result.outcome,
      result,
    });
    const at = (x: number, y: number) => [...picture.pixels.subarray(3 * (y * 800 + x)).subarray(0, 3)];
    for (const [x, y] of [
      [410, 160],
      [590, 440],
    ] as const)
      expect(at(x, y)).toEqual([255, 255, 0]);
    for (const [x, y] of [
      [390, 300],
      [610, 300],
      [500, 140],
      [500, 460],
    ] as const)
      expect(at(x, y)).toEqual([119, 119, 119]);
  });

  it('draws no large X-ray larger than 1,024 pixels a side', async () => {
    const { result } = await sampleResult();
    if (!result.heatmap || result.outcome.kind !== 'read') throw new Error('the sample was read');
    const large = await sharp({ create: { width: 2_000, height: 1_000, channels: 3, background: '#777' } })
      .png()
      .toBuffer();
    const { width, height } = await drawCapture(large, {
      heatmap: result.heatmap,
      reading: result.outcome,
      result,
    });
    expect(width).toBe(1_024);
    expect(height).toBeGreaterThan(512);
    expect(height).toBeLessThan(800);
  });
});

it('writes on a machine without any font', () => {
  const drawing = path.join(import.meta.dirname, '../../dist/results/capture-picture.js');
  const script = `
    const { written } = await import(${JSON.stringify(drawing)});
    const { width, height } = await written([{ text: 'NOT FOR DIAGNOSIS' }], 600);
    console.log(width > 100 && height > 8);`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
    env: { ...process.env, FONTCONFIG_FILE: '/nowhere', FONTCONFIG_PATH: '/nowhere' },
  });
  expect(stdout.trim()).toBe('true');
});
