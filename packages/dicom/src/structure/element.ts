/** How the elements of a data set are encoded (PS3.5, chapter 7 and annex A). */
export interface Encoding {
  explicit: boolean;
  littleEndian: boolean;
}

export interface Element {
  /** Group in the upper 16 bits. */
  tag: number;
  /** As written, or empty where the encoding is implicit. */
  vr: string;
  /** Where the value begins in the bytes. */
  offset: number;
  /** Bytes of the value; for one of undefined length those up to its delimiter. */
  length: number;
  encoding: Encoding;
  undefinedLength: boolean;
  /** Of a sequence that was asked for. */
  items: Elements[];
}

export type Elements = Map<number, Element>;

export const tagOf = {
  item: 0xfffee000,
  itemDelimitation: 0xfffee00d,
  sequenceDelimitation: 0xfffee0dd,
  pixelData: 0x7fe00010,
} as const;

/** VRs whose length takes 32 bits after two reserved bytes (PS3.5, 7.1.2). */
const longVrs = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);
const shortVrs = new Set('AE AS AT CS DA DS DT FL FD IS LO LT PN SH SL SS ST TM UI UL US'.split(' '));

export function isLongVr(vr: string): boolean {
  return longVrs.has(vr);
}

export function isKnownVr(vr: string): boolean {
  return longVrs.has(vr) || shortVrs.has(vr);
}

export function tagName(tag: number): string {
  const hex = tag.toString(16).padStart(8, '0');
  return `(${hex.slice(0, 4)},${hex.slice(4)})`;
}
