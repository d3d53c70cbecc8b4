import { DicomError } from '../problem.js';
import type { DataSet } from '../structure/data-set.js';

const descriptorTag = 0x00283002;
const dataTag = 0x00283006;
const mostEntries = 65_536;

/** A modality or VOI LUT (PS3.3, C.11.1.1 and C.11.2.1.1). */
export interface LookupTable {
  /** The input that the first entry is for; less means the first as well, more than all the last. */
  first: number;
  bits: number;
  values: Uint16Array;
}

export function tableValue({ first, values }: LookupTable, input: number): number {
  const at = Math.min(values.length - 1, Math.max(0, Math.round(input) - first));
  return values[at] ?? 0;
}

/** @param signed whether what the table is applied to may be negative. */
export function readLookupTable(item: DataSet, signed: boolean): LookupTable {
  const [saidEntries = -1, saidFirst = 0, saidBits = 0] = item.numbers(descriptorTag);
  const data = item.bytes(dataTag);
  const element = item.element(dataTag);
  const entries = saidEntries === 0 ? mostEntries : saidEntries & 0xffff;
  const narrow = data?.length === entries + (entries % 2);
  if (!data || !element || entries === 0 || data.length < (narrow ? entries : 2 * entries))
    throw new DicomError('INVALID_HEADER', `a lookup table of ${saidEntries} entries`);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const values = Uint16Array.from({ length: entries }, (_, at) =>
    narrow ? view.getUint8(at) : view.getUint16(2 * at, element.encoding.littleEndian),
  );
  const largest = values.reduce((most, value) => Math.max(most, value), 0);
  return {
    first: signed && saidFirst > 32_767 ? saidFirst - 65_536 : saidFirst,
    // Some write 8 where they use 12.
    bits: Math.max(Math.min(16, saidBits), Math.ceil(Math.log2(largest + 1)), 1),
    values,
  };
}
