import { randomUUID } from 'node:crypto';
import { dicomFile, type ElementToWrite } from '@lucency/dicom/samples';

const computedRadiography = '1.2.840.10008.5.1.4.1.1.1';

export interface DrawnInstance {
  sopClassUid: string;
  sopInstanceUid: string;
  studyInstanceUid: string;
  /** As it travels in explicit VR little endian. */
  dataSet: Buffer;
  /** As a file. */
  file: Buffer;
}

export interface DrawOptions {
  studyInstanceUid?: string;
  sopInstanceUid?: string;
  patientId?: string;
  issuer?: string;
  view?: string;
  bodyPart?: string;
  /** Shade of its first pixel, so that two instances differ. */
  shade?: number;
  without?: readonly number[];
  more?: readonly ElementToWrite[];
}

export const newUid = () => `2.25.${BigInt(`0x${randomUUID().replaceAll('-', '')}`)}`;

/** A small instance of computed radiography, grey from left to right. */
export function drawInstance(options: DrawOptions = {}): DrawnInstance {
  const { studyInstanceUid = newUid(), sopInstanceUid = newUid(), patientId = `P-${randomUUID()}` } = options;
  const { issuer = '', view = 'PA', bodyPart = 'CHEST', shade = 0, without = [], more = [] } = options;
  const [rows, columns] = [160, 128];
  const pixels = Buffer.alloc(rows * columns, 0).map((_, at) => Math.floor(((at % columns) * 255) / columns));
  pixels[0] = shade;
  const uid = (tag: number, value: string): ElementToWrite => ({ tag, vr: 'UI', value });
  const text = (tag: number, vr: string, value: string): ElementToWrite => ({ tag, vr, value });
  const short = (tag: number, value: number): ElementToWrite => ({ tag, vr: 'US', value: [value] });
  const elements = [
    uid(0x00080016, computedRadiography),
    uid(0x00080018, sopInstanceUid),
    text(0x00080020, 'DA', '20260301'),
    text(0x00080050, 'SH', 'A-1'),
    text(0x00080060, 'CS', 'CR'),
    text(0x00100010, 'PN', 'SECRET^NAME'),
    text(0x00100020, 'LO', patientId),
    text(0x00100021, 'LO', issuer),
    text(0x00100030, 'DA', '20231001'),
    text(0x00180015, 'CS', bodyPart),
    text(0x00185101, 'CS', view),
    uid(0x0020000d, studyInstanceUid),
    uid(0x0020000e, `${studyInstanceUid.slice(0, 60)}.1`),
    short(0x00280002, 1),
    text(0x00280004, 'CS', 'MONOCHROME2'),
    short(0x00280010, rows),
    short(0x00280011, columns),
    short(0x00280100, 8),
    short(0x00280101, 8),
    short(0x00280102, 7),
    short(0x00280103, 0),
    { tag: 0x7fe00010, vr: 'OB', value: new Uint8Array(pixels) },
  ];
  const kept = [...elements.filter(({ tag }) => !without.includes(tag)), ...more].sort(
    (one, other) => one.tag - other.tag,
  );
  const file = dicomFile(kept);
  // Behind the preamble and group 2, whose length its first element says.
  const dataSet = file.subarray(144 + file.readUInt32LE(140));
  return { sopClassUid: computedRadiography, sopInstanceUid, studyInstanceUid, dataSet, file };
}
