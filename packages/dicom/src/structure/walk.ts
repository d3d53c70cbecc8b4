import { DicomError } from '../problem.js';
import {
  type Element,
  type Elements,
  type Encoding,
  isKnownVr,
  isLongVr,
  tagName,
  tagOf,
} from './element.js';

/**
 * What a header may hold. X-rays have some 200 elements, few with more than 2,000, and sequences in up to 6 others.
 */
export const maxElements = 100_000;
export const maxDepth = 64;

const undefinedLength = 0xffffffff;

export interface Walked {
  elements: Elements;
  /** Why the bytes ended early; null where the data set is whole. */
  missing: string | null;
}

interface DataSetFrame {
  kind: 'items of a data set';
  end: number;
  encoding: Encoding;
  elements: Elements | null;
}

interface SequenceFrame {
  kind: 'sequence' | 'fragments';
  end: number;
  encoding: Encoding;
  element: Element;
  keep: boolean;
}

type Frame = DataSetFrame | SequenceFrame;

/** The bytes end inside of what they announce. */
class EndOfBytes extends Error {}

/**
 * Walks the elements of a data set without recursion and without copying a value. It exists beside the libraries that parse
 * DICOM since those bound neither depth nor number of elements, and read no file that is still arriving.
 * @param sequences tags of the sequences to keep the items of; all others are passed over.
 * @throws DicomError
 */
export function walkDataSet(
  bytes: Uint8Array,
  start: number,
  encoding: Encoding,
  sequences: ReadonlySet<number>,
): Walked {
  const walk = new Walk(bytes, start, encoding, sequences);
  try {
    walk.toEnd();
    return { elements: walk.elements, missing: null };
  } catch (error) {
    if (error instanceof EndOfBytes) return { elements: walk.elements, missing: error.message };
    throw error;
  }
}

class Walk {
  readonly elements: Elements = new Map();
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #sequences: ReadonlySet<number>;
  readonly #frames: Frame[];
  #at: number;
  #count = 0;

  constructor(bytes: Uint8Array, start: number, encoding: Encoding, sequences: ReadonlySet<number>) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#sequences = sequences;
    this.#at = start;
    const { elements } = this;
    this.#frames = [{ kind: 'items of a data set', end: Number.POSITIVE_INFINITY, encoding, elements }];
  }

  toEnd(): void {
    for (let frame = this.#frames.at(-1); frame; frame = this.#frames.at(-1)) {
      const outermost = this.#frames.length === 1;
      if (outermost && this.#at === this.#bytes.length) return;
      if (this.#at >= frame.end) {
        if (this.#at > frame.end) throw new DicomError('INVALID_HEADER', `overrun at byte ${this.#at}`);
        this.#leave(frame);
      } else if (frame.kind === 'items of a data set') {
        if (this.#element(frame, outermost) === 'last') return;
      } else this.#item(frame);
    }
  }

  /** @returns `last` behind the pixels, since nothing after them is read. */
  #element(frame: DataSetFrame, outermost: boolean): 'last' | undefined {
    const { encoding } = frame;
    const tag = this.#tag(encoding);
    if (tag === tagOf.itemDelimitation && !outermost && frame.end === Number.POSITIVE_INFINITY) {
      this.#skip(4);
      this.#frames.pop();
      return;
    }
    const { vr, length } = this.#header(tag, encoding);
    const offset = this.#at;
    const whole = length !== undefinedLength;
    const element: Element = { tag, vr, offset, length, encoding, undefinedLength: !whole, items: [] };
    frame.elements?.set(tag, element);
    const keep = frame.elements !== null && this.#sequences.has(tag);
    // A sequence with a length is only entered where its items are wanted.
    if (whole && offset + length > frame.end)
      throw new DicomError('INVALID_HEADER', `${tagName(tag)} overruns its item`);
    if (whole && !(keep && (vr === 'SQ' || vr === '' || vr === 'UN'))) {
      this.#skip(length);
    } else {
      this.#enter({
        kind: isFragmented(tag, vr) ? 'fragments' : 'sequence',
        end: whole ? offset + length : Number.POSITIVE_INFINITY,
        // PS3.5, 6.2.2: what is unknown and of undefined length is encoded as implicit little endian.
        encoding: vr === 'UN' ? { explicit: false, littleEndian: true } : encoding,
        element,
        keep,
      });
    }
    if (outermost && tag === tagOf.pixelData && whole) return 'last';
  }

  #item(frame: SequenceFrame): void {
    const { encoding, element } = frame;
    const tag = this.#tag(encoding);
    const length = this.#uint32(encoding);
    if (tag === tagOf.sequenceDelimitation && element.undefinedLength) {
      this.#leave(frame, 8);
      return;
    }
    if (tag !== tagOf.item)
      throw new DicomError('INVALID_HEADER', `${tagName(tag)} instead of an item in ${tagName(element.tag)}`);
    this.#counted();
    const whole = length !== undefinedLength;
    if (whole && this.#at + length > frame.end)
      throw new DicomError('INVALID_HEADER', `an item overruns ${tagName(element.tag)}`);
    if (frame.kind === 'fragments') {
      if (!whole) throw new DicomError('INVALID_HEADER', 'a fragment of undefined length');
      this.#skip(length);
      return;
    }
    if (!frame.keep && whole) {
      this.#skip(length);
      return;
    }
    const elements: Elements | null = frame.keep ? new Map() : null;
    if (elements) element.items.push(elements);
    const end = whole ? this.#at + length : Number.POSITIVE_INFINITY;
    this.#enter({ kind: 'items of a data set', end, encoding, elements });
  }

  #enter(frame: Frame): void {
    if (this.#frames.length > maxDepth)
      throw new DicomError('TOO_COMPLEX', `nested ${this.#frames.length} deep at byte ${this.#at}`);
    this.#frames.push(frame);
  }

  #leave(frame: Frame, delimiterBytes = 0): void {
    if (frame.kind !== 'items of a data set')
      frame.element.length = this.#at - delimiterBytes - frame.element.offset;
    this.#frames.pop();
    const isPixelData = frame.kind === 'fragments' && frame.element.tag === tagOf.pixelData;
    // Nothing after the pixels is read.
    if (isPixelData && this.#frames.length === 1) this.#frames.pop();
  }

  #header(tag: number, { explicit, littleEndian }: Encoding): { vr: string; length: number } {
    this.#counted();
    // Items and delimiters have no VR.
    if (tag >>> 16 === 0xfffe)
      throw new DicomError('INVALID_HEADER', `${tagName(tag)} at byte ${this.#at - 4}`);
    if (!explicit) return { vr: '', length: this.#uint32({ explicit, littleEndian }) };
    this.#need(4);
    const vr = String.fromCharCode(this.#view.getUint8(this.#at), this.#view.getUint8(this.#at + 1));
    if (!/^[A-Z]{2}$/.test(vr))
      throw new DicomError('INVALID_HEADER', `${tagName(tag)} has no value representation`);
    const short = this.#view.getUint16(this.#at + 2, littleEndian);
    this.#at += 4;
    // One that PS3.5 does not know yet has a long length, after two bytes of zero.
    if (!isLongVr(vr) && (isKnownVr(vr) || short !== 0)) return { vr, length: short };
    return { vr, length: this.#uint32({ explicit, littleEndian }) };
  }

  #tag({ littleEndian }: Encoding): number {
    this.#need(4);
    const group = this.#view.getUint16(this.#at, littleEndian);
    const element = this.#view.getUint16(this.#at + 2, littleEndian);
    this.#at += 4;
    return group * 0x10000 + element;
  }

  #uint32({ littleEndian }: Encoding): number {
    this.#need(4);
    this.#at += 4;
    return this.#view.getUint32(this.#at - 4, littleEndian);
  }

  #skip(length: number): void {
    this.#need(length);
    this.#at += length;
  }

  #need(length: number): void {
    const missing = this.#at + length - this.#bytes.length;
    if (missing > 0) throw new EndOfBytes(`${missing} bytes are missing at byte ${this.#at}`);
  }

  #counted(): void {
    this.#count += 1;
    if (this.#count > maxElements) throw new DicomError('TOO_COMPLEX', `more than ${maxElements} elements`);
  }
}

/** Undefined length without being a sequence: pixels in fragments (PS3.5, A.4). */
function isFragmented(tag: number, vr: string): boolean {
  return tag === tagOf.pixelData || vr === 'OB' || vr === 'OW';
}
