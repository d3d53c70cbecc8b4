import { expect, it } from 'vitest';
import { dicomFile, type ElementToWrite, encodeDataSet } from '../samples/write-dicom.js';
import { explicitBigEndian, implicitLittleEndian, transferSyntaxUids } from '../structure/syntaxes.js';
import type { HeaderFacts } from './facts.js';
import { readHeader } from './read-header.js';

const pixels: ElementToWrite = { tag: 0x7fe00010, vr: 'OW', value: new Uint8Array(64) };

const ordinary: ElementToWrite[] = [
  { tag: 0x00080005, vr: 'CS', value: 'ISO_IR 100' },
  { tag: 0x00080008, vr: 'CS', value: 'ORIGINAL\\PRIMARY' },
  { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.1.1' },
  { tag: 0x00080018, vr: 'UI', value: '2.25.4' },
  { tag: 0x00080020, vr: 'DA', value: '20260301' },
  { tag: 0x0008002a, vr: 'DT', value: '20260302101530.25+0100' },
  { tag: 0x00080030, vr: 'TM', value: '1014' },
  { tag: 0x00080050, vr: 'SH', value: 'A-17' },
  { tag: 0x00080060, vr: 'CS', value: 'DX' },
  { tag: 0x00080070, vr: 'LO', value: 'Maker' },
  { tag: 0x00081090, vr: 'LO', value: 'Model 3' },
  { tag: 0x00082218, vr: 'SQ', value: [[{ tag: 0x00080100, vr: 'SH', value: 'T-D3000' }]] },
  { tag: 0x00100010, vr: 'PN', value: 'Secret^Name' },
  { tag: 0x00100020, vr: 'LO', value: 'P-4711' },
  { tag: 0x00100021, vr: 'LO', value: 'HOSPITAL' },
  { tag: 0x00100030, vr: 'DA', value: '20240115' },
  { tag: 0x00100040, vr: 'CS', value: 'F' },
  { tag: 0x00101010, vr: 'AS', value: '002Y' },
  { tag: 0x0020000d, vr: 'UI', value: '2.25.2' },
  { tag: 0x0020000e, vr: 'UI', value: '2.25.3' },
  { tag: 0x00280010, vr: 'US', value: [4] },
  { tag: 0x00280011, vr: 'US', value: [8] },
  { tag: 0x00280301, vr: 'CS', value: 'NO' },
  { tag: 0x00401003, vr: 'SH', value: 'STAT' },
  {
    tag: 0x00540220,
    vr: 'SQ',
    undefinedLength: true,
    value: [[{ tag: 0x00080100, vr: 'SH', value: '272479007' }]],
  },
  pixels,
];

function read(elements: ElementToWrite[], syntax?: string): HeaderFacts {
  const header = readHeader(dicomFile(elements, syntax));
  if (!header.ok) throw new Error(`${header.problem.code}: ${header.problem.detail}`);
  return header.value;
}

function code(bytes: Uint8Array): string {
  const header = readHeader(bytes);
  return header.ok ? 'ok' : header.problem.code;
}

function withElement(element: ElementToWrite): ElementToWrite[] {
  return [...ordinary.filter(({ tag }) => tag !== element.tag), element].sort((a, b) => a.tag - b.tag);
}

it('reads the same facts in every transfer syntax, and no name', () => {
  for (const syntax of transferSyntaxUids) {
    const facts = read(ordinary, syntax);
    expect(facts).toEqual({
      transferSyntaxUid: syntax,
      complete: true,
      preambleInUse: false,
      characterSet: 'ISO_IR 100',
      sopClassUid: '1.2.840.10008.5.1.4.1.1.1.1',
      sopInstanceUid: '2.25.4',
      studyInstanceUid: '2.25.2',
      seriesInstanceUid: '2.25.3',
      modality: 'DX',
      imageType: ['ORIGINAL', 'PRIMARY'],
      instanceNumber: null,
      patient: { id: 'P-4711', issuer: 'HOSPITAL', birthDate: '2024-01-15', ageMonths: 25, sex: 'F' },
      accessionNumber: 'A-17',
      studyDate: '2026-03-01',
      studyTime: '10:14:00',
      acquisitionDate: '2026-03-02',
      acquisitionTime: '10:15:30.25',
      timezoneOffset: null,
      view: 'PA',
      bodyPart: 'CHEST',
      manufacturer: 'Maker',
      model: 'Model 3',
      priority: 'STAT',
      presentationIntent: 'FOR_PRESENTATION',
      burnedInAnnotation: false,
      frames: 1,
      rows: 4,
      columns: 8,
      hasPixels: true,
    });
    expect(JSON.stringify(facts)).not.toContain('Secret');
  }
});

it('decodes identifiers in the character sets of the standard', () => {
  const esc = '\x1b';
  const texts: [string, Buffer, string][] = [
    ['ISO_IR 100', Buffer.from([0x4d, 0xfc, 0x37]), 'Mü7'],
    ['ISO_IR 144', Buffer.from([0xbb, 0xee, 0xda]), 'Люк'],
    ['ISO_IR 192', Buffer.from('Zoe\u0308 王', 'utf8'), 'Zoë 王'],
    ['GB18030', Buffer.from([0xcd, 0xf5, 0x31]), '王1'],
    ['ISO_IR 13', Buffer.from([0xd4, 0xcf, 0xc0, 0xde]), 'ﾔﾏﾀﾞ'],
    ['\\ISO 2022 IR 87', Buffer.from(`${esc}$B;3ED${esc}(B-7`, 'latin1'), '山田-7'],
    ['\\ISO 2022 IR 149', Buffer.concat([Buffer.from(`${esc}$)C`), Buffer.from([0xb1, 0xe8])]), '김'],
    ['\\ISO 2022 IR 58', Buffer.concat([Buffer.from(`${esc}$)A`), Buffer.from([0xcd, 0xf5])]), '王'],
    // What nobody announced still tells patients apart.
    ['', Buffer.from([0x4d, 0xfc]), 'Mü'],
    ['ISO_IR 4711', Buffer.from([0x4d, 0xfc]), 'Mü'],
  ];
  for (const [set, bytes, text] of texts) {
    const characterSet: ElementToWrite = { tag: 0x00080005, vr: 'CS', value: set };
    const elements = withElement({ tag: 0x00100020, vr: 'LO', value: bytes });
    elements[0] = characterSet;
    expect(read(elements).patient.id, set).toBe(text);
  }
});

it('counts the age at acquisition', () => {
  const age = (value: string, birthDate: string) =>
    read(
      withElement({ tag: 0x00101010, vr: 'AS', value }).map((element) =>
        element.tag === 0x00100030 ? { ...element, value: birthDate } : element,
      ),
    ).patient.ageMonths;
  // Acquired on 2 March 2026.
  expect(age('', '20260201')).toBe(1);
  expect(age('', '20260203')).toBe(0);
  expect(age('018M', '')).toBe(18);
  expect(age('010D', '')).toBe(0);
  expect(age('009W', '')).toBe(2);
  expect(age('001Y', '20240315')).toBe(23);
  // A placeholder for a birth date, an impossible and a later one.
  expect(age('003Y', '19000101')).toBe(36);
  expect(age('', '20230230')).toBeNull();
  expect(age('', '20270101')).toBeNull();
  expect(age('banana', '')).toBeNull();
});

it('takes the view from what says it first', () => {
  const view = (elements: ElementToWrite[]) =>
    read([...ordinary.filter(({ tag }) => tag !== 0x00540220), ...elements].sort((a, b) => a.tag - b.tag))
      .view;
  const position = (value: string): ElementToWrite => ({ tag: 0x00185101, vr: 'CS', value });
  const orientation = (value: string): ElementToWrite => ({ tag: 0x00200020, vr: 'CS', value });
  const viewCode = (value: string): ElementToWrite => ({
    tag: 0x00540220,
    vr: 'SQ',
    value: [[{ tag: 0x00080100, vr: 'SH', value }]],
  });
  expect(view([position('AP'), orientation('P\\F')])).toBe('AP');
  expect(view([position('ll')])).toBe('LATERAL');
  expect(view([position('RLD')])).toBe('OTHER');
  expect(view([position(''), viewCode('R-10206')])).toBe('AP');
  expect(view([viewCode('399173006')])).toBe('LATERAL');
  expect(view([viewCode('399356000')])).toBe('OTHER');
  expect(view([orientation('P\\F')])).toBe('LATERAL');
  expect(view([orientation('L\\F')])).toBe('UNKNOWN');
  expect(view([])).toBe('UNKNOWN');
});

it('reads files without preamble, without group 2, and data sets alone', () => {
  const file = dicomFile(ordinary);
  expect(code(file.subarray(132))).toBe('ok');
  for (const [encoding, syntax] of [
    [{ explicit: true, littleEndian: true }, undefined],
    [{ explicit: false, littleEndian: true }, implicitLittleEndian],
    [{ explicit: true, littleEndian: false }, explicitBigEndian],
  ] as const) {
    const bare = encodeDataSet(ordinary, encoding);
    const facts = readHeader(bare);
    expect(facts.ok && facts.value).toEqual(read(ordinary, syntax));
    expect(code(Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), bare]))).toBe('ok');
  }
});

it('refuses a file cut at any byte as truncated, and reads what a prefix says', () => {
  for (const syntax of ['1.2.840.10008.1.2.1', implicitLittleEndian, explicitBigEndian]) {
    const file = dicomFile(ordinary, syntax);
    for (let length = 133; length < file.length; length += 1) {
      const header = readHeader(file.subarray(0, length));
      const said = header.ok ? header.value.hasPixels && 'whole' : header.problem.code;
      expect([false, 'TRUNCATED'], `${length} bytes`).toContain(said);
    }
    const prefix = readHeader(file.subarray(0, file.length - 70), { prefix: true });
    expect(prefix.ok && prefix.value).toEqual({
      ...read(ordinary, syntax),
      complete: false,
      hasPixels: false,
    });
  }
});

it('says that what is no DICOM file is none', () => {
  for (const text of ['', 'hello'.repeat(100), '\x89PNG\r\n', '<html>', '\0'.repeat(400)])
    expect(code(Buffer.from(text, 'latin1'))).toBe('NOT_DICOM');
  expect(code(Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), Buffer.alloc(200)]))).toBe(
    'INVALID_HEADER',
  );
});

it('refuses unknown transfer syntaxes', () => {
  expect(code(dicomFile(ordinary, '1.2.840.10008.1.2.4.100'))).toBe('UNSUPPORTED_TRANSFER_SYNTAX');
});

it('reads what surrounds values of the wrong kind', () => {
  const facts = read([
    { tag: 0x00080016, vr: 'UI', value: 'not-a-uid' },
    { tag: 0x00080020, vr: 'DA', value: 'tomorrow' },
    { tag: 0x00100020, vr: 'US', value: [1] },
    { tag: 0x0020000d, vr: 'UI', value: `1.${'2'.repeat(70)}` },
    { tag: 0x00280010, vr: 'UL', value: [70_000] },
    { tag: 0x00280011, vr: 'LO', value: 'many' },
    pixels,
  ]);
  expect(facts).toMatchObject({
    sopClassUid: null,
    studyDate: null,
    studyInstanceUid: null,
    rows: 70_000,
    columns: null,
  });
});

it('bounds depth and number of elements', () => {
  let nested: ElementToWrite[] = [];
  for (let depth = 0; depth < 80; depth += 1)
    nested = [{ tag: 0x00082218, vr: 'SQ', undefinedLength: true, value: [nested] }];
  expect(code(dicomFile([...nested, pixels]))).toBe('TOO_COMPLEX');

  const open = Buffer.concat(
    Array.from({ length: 10_000 }, () =>
      Buffer.from([
        0x08, 0, 0x15, 0x11, 0x53, 0x51, 0, 0, 255, 255, 255, 255, 0xfe, 0xff, 0, 0xe0, 255, 255, 255, 255,
      ]),
    ),
  );
  expect(code(Buffer.concat([dicomFile([]), open]))).toBe('TOO_COMPLEX');

  const crowd = Array.from({ length: 100_001 }, (_, at) => ({
    tag: 0x00090000 + (at % 65_536),
    vr: 'CS',
    value: '',
  }));
  expect(code(dicomFile([...crowd, pixels]))).toBe('TOO_COMPLEX');
});

it('passes over private values of 50 MB without copying them', () => {
  const file = dicomFile([
    ...ordinary.slice(0, 4),
    { tag: 0x00091001, vr: 'UN', value: new Uint8Array(50e6) },
    pixels,
  ]);
  const before = process.memoryUsage().arrayBuffers;
  expect(code(file)).toBe('ok');
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1e6);
});

it('refuses elements and items that overrun what holds them', () => {
  const item = encodeDataSet([{ tag: 0x00080100, vr: 'SH', value: 'T-D3000' }], {
    explicit: true,
    littleEndian: true,
  });
  item.writeUInt16LE(200, 6);
  const sequence = (value: Uint8Array): ElementToWrite => ({ tag: 0x00082218, vr: 'SQ', value });
  const framed = Buffer.concat([Buffer.from([0xfe, 0xff, 0, 0xe0, item.length, 0, 0, 0]), item]);
  expect(code(dicomFile([sequence(framed), pixels]))).toBe('INVALID_HEADER');
  expect(code(dicomFile([sequence(Buffer.from('no items at all!')), pixels]))).toBe('INVALID_HEADER');
});

it('inflates no more than the beginning of a deflated file', () => {
  const bomb = dicomFile(
    [...ordinary.slice(0, -1), { ...pixels, value: new Uint8Array(100e6) }],
    '1.2.840.10008.1.2.1.99',
  );
  expect(bomb.length).toBeLessThan(200_000);
  const facts = readHeader(bomb);
  expect(facts.ok && facts.value.patient.id).toBe('P-4711');
});

it('says when a preamble holds something else', () => {
  const polyglot = dicomFile(ordinary);
  polyglot.write('MZ<html><script>', 0, 'latin1');
  const facts = readHeader(polyglot);
  expect(facts.ok && facts.value.preambleInUse).toBe(true);
});
