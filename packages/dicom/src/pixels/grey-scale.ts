import { DicomError } from '../problem.js';
import type { DataSet } from '../structure/data-set.js';
import type { PixelDescription } from './description.js';
import { type LookupTable, readLookupTable, tableValue } from './lookup-table.js';

const tag = {
  paddingValue: 0x00280120,
  paddingRangeLimit: 0x00280121,
  windowCenter: 0x00281050,
  windowWidth: 0x00281051,
  rescaleIntercept: 0x00281052,
  rescaleSlope: 0x00281053,
  windowFunction: 0x00281056,
  modalityLutSequence: 0x00283000,
  voiLutSequence: 0x00283010,
  presentationLutShape: 0x20500020,
} as const;

export const greyScaleSequences: readonly number[] = [tag.modalityLutSequence, tag.voiLutSequence];

type WindowFunction = 'LINEAR' | 'LINEAR_EXACT' | 'SIGMOID';

interface Window {
  center: number;
  width: number;
  shape: WindowFunction;
}

/** From stored values to shades (PS3.3, C.7.6.3, C.11 and PS3.4, N.2). */
export interface GreyScale {
  modality: LookupTable | { slope: number; intercept: number };
  /** The first VOI LUT; failing that, the first window; null for the whole range. */
  voi: LookupTable | Window | null;
  inverse: boolean;
  /** Stored values from and to which there is no picture. */
  padding: { from: number; to: number } | null;
}

export function readGreyScale(dataSet: DataSet, description: PixelDescription): GreyScale {
  const modalityTable = lookupTable(dataSet, tag.modalityLutSequence, description.signed);
  const slope = dataSet.numbers(tag.rescaleSlope, 'DS')[0] ?? 1;
  const intercept = dataSet.numbers(tag.rescaleIntercept, 'DS')[0] ?? 0;
  const modality = modalityTable ?? { slope: slope === 0 ? 1 : slope, intercept };
  const lowest = 'slope' in modality && (description.signed || intercept < 0);
  const shape = dataSet.code(tag.presentationLutShape);
  return {
    modality,
    voi: lookupTable(dataSet, tag.voiLutSequence, lowest) ?? readWindow(dataSet),
    // Images for presentation say both INVERSE and MONOCHROME1, and mean it once.
    inverse: shape === 'INVERSE' || (shape === null && description.photometric === 'MONOCHROME1'),
    padding: readPadding(dataSet, description),
  };
}

/**
 * The shade of every bit pattern that can be stored.
 * @param present which patterns the picture has: without a window they make the range.
 * @returns 2^bits shades.
 */
export function shadesOf(
  { modality, voi, inverse, padding }: GreyScale,
  { bitsStored, signed }: PixelDescription,
  present: Uint8Array,
): Uint8Array {
  const size = 2 ** bitsStored;
  const values = Float64Array.from({ length: size }, (_, pattern) => {
    const stored = signed && pattern >= size / 2 ? pattern - size : pattern;
    if (padding && stored >= padding.from && stored <= padding.to) return Number.NaN;
    return 'slope' in modality ? stored * modality.slope + modality.intercept : tableValue(modality, stored);
  });
  const share = voi === null ? wholeRange(values, present) : voiOf(voi);
  return Uint8Array.from(values, (value) => {
    // Where there is no picture it is dark, whatever way round the others are.
    if (Number.isNaN(value)) return 0;
    const shade = Math.round(255 * Math.min(1, Math.max(0, share(value))));
    return inverse ? 255 - shade : shade;
  });
}

function wholeRange(values: Float64Array, present: Uint8Array): (value: number) => number {
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  values.forEach((value, pattern) => {
    if (!present[pattern] || Number.isNaN(value)) return;
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  });
  return (value) => (highest > lowest ? (value - lowest) / (highest - lowest) : 0);
}

/** @returns the share of full white, which may lie outside of 0 to 1. */
function voiOf(voi: LookupTable | Window): (value: number) => number {
  if ('values' in voi) return (value) => tableValue(voi, value) / (2 ** voi.bits - 1);
  const { center, width, shape } = voi;
  switch (shape) {
    case 'LINEAR':
      // C.11.2.1.2.1. A width of 1 is a threshold.
      return (value) =>
        width === 1 ? Number(value > center - 0.5) : (value - (center - 0.5)) / (width - 1) + 0.5;
    case 'LINEAR_EXACT':
      return (value) => (value - center) / width + 0.5;
    case 'SIGMOID':
      return (value) => 1 / (1 + Math.exp((-4 * (value - center)) / width));
  }
}

function readWindow(dataSet: DataSet): Window | null {
  const [center] = dataSet.numbers(tag.windowCenter, 'DS');
  const [width] = dataSet.numbers(tag.windowWidth, 'DS');
  const said = dataSet.code(tag.windowFunction);
  const shape: WindowFunction = said === 'LINEAR_EXACT' || said === 'SIGMOID' ? said : 'LINEAR';
  if (center === undefined || width === undefined) return null;
  // Without a width the window says nothing, as in files that leave it at zero.
  return width >= 1 || (width > 0 && shape !== 'LINEAR') ? { center, width, shape } : null;
}

function lookupTable(dataSet: DataSet, sequence: number, signed: boolean): LookupTable | null {
  const item = dataSet.item(sequence);
  return item ? readLookupTable(item, signed) : null;
}

function readPadding(dataSet: DataSet, { bitsStored, signed }: PixelDescription): GreyScale['padding'] {
  const kind = signed ? 'SS' : 'US';
  const [value] = dataSet.numbers(tag.paddingValue, kind);
  if (value === undefined) return null;
  const limit = dataSet.numbers(tag.paddingRangeLimit, kind)[0] ?? value;
  // Written with the wrong sign now and then.
  const [from, to] = [value, limit].map((bound) => asStored(bound, bitsStored, signed));
  if (from === undefined || to === undefined) throw new DicomError('INVALID_HEADER', 'no padding range');
  return { from: Math.min(from, to), to: Math.max(from, to) };
}

function asStored(value: number, bitsStored: number, signed: boolean): number {
  const size = 2 ** bitsStored;
  const pattern = ((value % size) + size) % size;
  return signed && pattern >= size / 2 ? pattern - size : pattern;
}
