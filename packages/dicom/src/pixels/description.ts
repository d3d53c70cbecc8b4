import { DicomError } from '../problem.js';
import type { DataSet } from '../structure/data-set.js';

const tag = {
  samplesPerPixel: 0x00280002,
  photometricInterpretation: 0x00280004,
  planarConfiguration: 0x00280006,
  frames: 0x00280008,
  rows: 0x00280010,
  columns: 0x00280011,
  pixelSpacing: 0x00280030,
  pixelAspectRatio: 0x00280034,
  bitsAllocated: 0x00280100,
  bitsStored: 0x00280101,
  highBit: 0x00280102,
  pixelRepresentation: 0x00280103,
  imagerPixelSpacing: 0x00181164,
} as const;

const photometricInterpretations = [
  'MONOCHROME1',
  'MONOCHROME2',
  'PALETTE COLOR',
  'RGB',
  'YBR_FULL',
  'YBR_FULL_422',
  'YBR_ICT',
  'YBR_RCT',
] as const;

export type Photometric = (typeof photometricInterpretations)[number];

/** The image pixel module (PS3.3, C.7.6.3), checked. */
export interface PixelDescription {
  rows: number;
  columns: number;
  samplesPerPixel: 1 | 3;
  photometric: Photometric;
  /** Colours one plane after another. */
  planar: boolean;
  bitsAllocated: 8 | 16;
  bitsStored: number;
  highBit: number;
  signed: boolean;
  /** Height of a pixel over its width. */
  aspect: number;
}

/** Beyond this no pixel of a detector is from being square; a header that says so is wrong. */
const mostStretched = 4;
/** Spacings are rounded when they are written. */
const squareEnough = 0.01;

/** @throws DicomError where the header lacks a description, or describes what no X-ray is. */
export function readDescription(dataSet: DataSet): PixelDescription {
  const rows = needed(dataSet, tag.rows, 'rows');
  const columns = needed(dataSet, tag.columns, 'columns');
  const frames = dataSet.numbers(tag.frames, 'DS')[0] ?? 1;
  if (frames !== 1) throw new DicomError(frames > 1 ? 'MULTI_FRAME' : 'INVALID_HEADER', `${frames} frames`);
  const samplesPerPixel = dataSet.number(tag.samplesPerPixel) ?? 1;
  const photometric = photometricOf(dataSet, samplesPerPixel);
  const bitsAllocated = needed(dataSet, tag.bitsAllocated, 'allocated bits');
  const bitsStored = dataSet.number(tag.bitsStored) ?? bitsAllocated;
  const highBit = dataSet.number(tag.highBit) ?? bitsStored - 1;
  if (bitsAllocated !== 8 && bitsAllocated !== 16)
    throw new DicomError('UNSUPPORTED_PIXELS', `${bitsAllocated} bits allocated`);
  if (bitsStored < 1 || bitsStored > bitsAllocated || highBit >= bitsAllocated || highBit < bitsStored - 1)
    throw new DicomError('INVALID_HEADER', `${bitsStored} bits up to ${highBit} of ${bitsAllocated}`);
  return {
    rows,
    columns,
    samplesPerPixel: samplesPerPixel === 3 ? 3 : 1,
    photometric,
    planar: dataSet.number(tag.planarConfiguration) === 1,
    bitsAllocated,
    bitsStored,
    highBit,
    signed: dataSet.number(tag.pixelRepresentation) === 1,
    aspect: aspectOf(dataSet),
  };
}

/** Width and height once pixels are square: the shorter spacing stays as it is. */
export function squareSize({ rows, columns, aspect }: PixelDescription): { width: number; height: number } {
  return {
    width: aspect < 1 ? Math.round(columns / aspect) : columns,
    height: aspect > 1 ? Math.round(rows * aspect) : rows,
  };
}

function needed(dataSet: DataSet, which: number, name: string): number {
  const value = dataSet.number(which);
  if (value === null) throw new DicomError('NO_PIXELS', `the number of ${name} is missing`);
  if (!Number.isInteger(value) || value < 1) throw new DicomError('INVALID_HEADER', `${value} ${name}`);
  return value;
}

function photometricOf(dataSet: DataSet, samples: number): Photometric {
  const said = dataSet.code(tag.photometricInterpretation) ?? (samples === 3 ? 'RGB' : 'MONOCHROME2');
  const known = photometricInterpretations.find((photometric) => photometric === said);
  const expected = known?.startsWith('MONOCHROME') || known === 'PALETTE COLOR' ? 1 : 3;
  if (!known || samples !== expected)
    throw new DicomError('UNSUPPORTED_PIXELS', `${samples} samples a pixel in an unknown interpretation`);
  return known;
}

function aspectOf(dataSet: DataSet): number {
  const pairs = [
    dataSet.numbers(tag.pixelAspectRatio, 'DS'),
    dataSet.numbers(tag.pixelSpacing, 'DS'),
    dataSet.numbers(tag.imagerPixelSpacing, 'DS'),
  ];
  for (const [vertical = 0, horizontal = 0] of pairs) {
    const aspect = vertical / horizontal;
    if (vertical > 0 && horizontal > 0 && aspect <= mostStretched && aspect >= 1 / mostStretched)
      return Math.abs(aspect - 1) < squareEnough ? 1 : aspect;
  }
  return 1;
}
