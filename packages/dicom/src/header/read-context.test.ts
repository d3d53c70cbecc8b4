import { expect, it } from 'vitest';
import { dicomFile, type ElementToWrite } from '../samples/write-dicom.js';
import { readInstanceContext } from './read-context.js';

const esc = '\x1b';
const usual: ElementToWrite[] = [
  { tag: 0x00080005, vr: 'CS', value: '\\ISO 2022 IR 87' },
  { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.1.1' },
  { tag: 0x00080018, vr: 'UI', value: '2.25.4' },
  { tag: 0x00080020, vr: 'DA', value: '20260301' },
  { tag: 0x00080030, vr: 'TM', value: '1014' },
  { tag: 0x00080050, vr: 'SH', value: 'A-17' },
  { tag: 0x00080090, vr: 'PN', value: 'Ref^Phys' },
  {
    tag: 0x00100010,
    vr: 'PN',
    value: Buffer.from(`Yamada^Tarou=${esc}$B;3ED${esc}(B^${esc}$BB@O:${esc}(B`, 'latin1'),
  },
  { tag: 0x00100020, vr: 'LO', value: 'P-4711' },
  { tag: 0x00100021, vr: 'LO', value: 'HOSPITAL' },
  { tag: 0x00100030, vr: 'DA', value: '20241399' },
  { tag: 0x00100040, vr: 'CS', value: 'F' },
  { tag: 0x0020000d, vr: 'UI', value: '2.25.2' },
  { tag: 0x0020000e, vr: 'UI', value: '2.25.3' },
  { tag: 0x00200010, vr: 'SH', value: 'S-1' },
  { tag: 0x00200020, vr: 'CS', value: 'L\\F' },
];

it('reads what a derived instance repeats: names whole in any character set, and no value that is none', () => {
  expect(readInstanceContext(dicomFile(usual))).toEqual({
    ok: true,
    value: {
      sopClassUid: '1.2.840.10008.5.1.4.1.1.1.1',
      sopInstanceUid: '2.25.4',
      studyInstanceUid: '2.25.2',
      seriesInstanceUid: '2.25.3',
      patientName: 'Yamada^Tarou=山田^太郎',
      patientId: 'P-4711',
      issuerOfPatientId: 'HOSPITAL',
      patientBirthDate: null,
      patientSex: 'F',
      studyDate: '20260301',
      studyTime: '101400',
      studyId: 'S-1',
      accessionNumber: 'A-17',
      referringPhysicianName: 'Ref^Phys',
      timezoneOffset: null,
      patientOrientation: 'L\\F',
      laterality: null,
      burnedInAnnotation: false,
      lossy: false,
    },
  });
});

it('has no context of a file that nothing could refer to', () => {
  const read = readInstanceContext(dicomFile(usual.filter(({ tag }) => tag !== 0x0020000e)));
  expect(read).toMatchObject({ ok: false, problem: { code: 'INVALID_HEADER' } });
});

it('reads it of the beginning of a file, since what it is for needs no pixels', () => {
  const pixels: ElementToWrite = { tag: 0x7fe00010, vr: 'OW', value: new Uint8Array(200_000) };
  const whole = [...usual, pixels];
  for (const syntax of ['1.2.840.10008.1.2.1', '1.2.840.10008.1.2.2', '1.2.840.10008.1.2']) {
    const file = dicomFile(whole, syntax);
    expect(readInstanceContext(file.subarray(0, 100_000))).toEqual(readInstanceContext(file));
  }
});
