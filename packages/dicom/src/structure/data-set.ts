import { convertBytes } from 'dicom-character-set';
import type { Element, Elements } from './element.js';
import { isUid } from './uid.js';

/** Longest text that is a fact about an image; the standard's longest is 64 characters. */
const maxTextBytes = 1_024;

const specificCharacterSet = 0x00080005;
const reservedFromControl = /[\p{Cc}]/gu;

/** Values of the elements that were walked. Whatever is absent, empty or of another kind reads as null. */
export class DataSet {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #elements: Elements;
  readonly #characterSet: string;

  constructor(bytes: Uint8Array, elements: Elements, outer?: DataSet) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#elements = elements;
    // An item that says nothing has the character set of the data set around it (PS3.3, C.12.1.1.2).
    this.#characterSet = this.string(specificCharacterSet) ?? (outer ? outer.#characterSet : '');
  }

  element(tag: number): Element | null {
    return this.#elements.get(tag) ?? null;
  }

  /** The bytes of a value; null where it is absent or empty. */
  bytes(tag: number): Uint8Array | null {
    const element = this.#elements.get(tag);
    if (!element || element.length === 0) return null;
    return this.#bytes.subarray(element.offset, element.offset + element.length);
  }

  /** A value of the default repertoire: codes, dates, numbers, UIDs. */
  string(tag: number): string | null {
    const bytes = this.bytes(tag);
    if (!bytes || bytes.length > maxTextBytes) return null;
    return trimmed(latin1(bytes)) || null;
  }

  /** A code string, upper case, as some devices do not write it. */
  code(tag: number): string | null {
    return this.string(tag)?.toUpperCase() ?? null;
  }

  strings(tag: number): string[] {
    return (this.string(tag) ?? '').split('\\').map(trimmed);
  }

  /** Text in the character sets of the file (PS3.5, chapter 6), composed, without control characters. */
  text(tag: number): string | null {
    return this.#decoded(tag, 'LO');
  }

  /** The same of a name, in which ^ and = end what an escape sequence began. */
  personName(tag: number): string | null {
    return this.#decoded(tag, 'PN');
  }

  #decoded(tag: number, vr: 'LO' | 'PN'): string | null {
    const bytes = this.bytes(tag);
    if (!bytes || bytes.length > maxTextBytes) return null;
    const text = trimmed(decode(bytes, this.#characterSet, vr)).replace(reservedFromControl, '');
    return text.normalize('NFC') || null;
  }

  uid(tag: number): string | null {
    const uid = this.string(tag);
    return isUid(uid) ? uid : null;
  }

  /** The first number of a value, binary or written out. */
  number(tag: number): number | null {
    return this.numbers(tag)[0] ?? null;
  }

  /**
   * Numbers of a value, binary or written out; none where one is no number. At most 65,536 of them.
   * @param implicitVr how a value without a VR is read.
   */
  numbers(tag: number, implicitVr: 'US' | 'SS' | 'DS' = 'US'): number[] {
    const element = this.#elements.get(tag);
    if (!element) return [];
    const vr = element.vr === '' || element.vr === 'UN' ? implicitVr : element.vr;
    if (vr === 'DS' || vr === 'IS') return writtenNumbers(this.strings(tag));
    const read = binaryReaders[vr];
    if (!read) return [];
    const count = Math.min(65_536, Math.floor(element.length / read.bytes));
    return Array.from({ length: count }, (_, at) =>
      read.value(this.#view, element.offset + at * read.bytes, element.encoding.littleEndian),
    );
  }

  /** The first item of a sequence that was asked for. */
  item(tag: number): DataSet | null {
    const elements = this.#elements.get(tag)?.items[0];
    return elements ? new DataSet(this.#bytes, elements, this) : null;
  }
}

interface BinaryReader {
  bytes: number;
  value: (view: DataView, at: number, littleEndian: boolean) => number;
}

const binaryReaders: Readonly<Record<string, BinaryReader>> = {
  US: { bytes: 2, value: (view, at, littleEndian) => view.getUint16(at, littleEndian) },
  OW: { bytes: 2, value: (view, at, littleEndian) => view.getUint16(at, littleEndian) },
  SS: { bytes: 2, value: (view, at, littleEndian) => view.getInt16(at, littleEndian) },
  UL: { bytes: 4, value: (view, at, littleEndian) => view.getUint32(at, littleEndian) },
  SL: { bytes: 4, value: (view, at, littleEndian) => view.getInt32(at, littleEndian) },
  FL: { bytes: 4, value: (view, at, littleEndian) => view.getFloat32(at, littleEndian) },
  FD: { bytes: 8, value: (view, at, littleEndian) => view.getFloat64(at, littleEndian) },
};

function writtenNumbers(strings: string[]): number[] {
  const numbers = strings.map((value) =>
    /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value) ? Number(value) : NaN,
  );
  return numbers.every(Number.isFinite) ? numbers : [];
}

function decode(bytes: Uint8Array, characterSet: string, vr: 'LO' | 'PN'): string {
  try {
    const text = convertBytes(characterSet || undefined, bytes, { vr });
    if (!text.includes('\ufffd')) return text;
  } catch {
    // A character set that nobody knows.
  }
  // Bytes outside of what the file announces, as many devices write them: most mean Latin-1, and unlike replacement
  // characters it keeps two patients apart.
  return latin1(bytes);
}

function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

function trimmed(text: string): string {
  return text.replace(/^[\s\0]+|[\s\0]+$/g, '');
}
