import { DicomError } from '../../problem.js';

const longestCode = 16;

export interface HuffmanTable {
  /** For each length the largest code of it, or -1, and where its symbols begin less its first code. */
  largest: Int32Array;
  offset: Int32Array;
  symbols: Uint8Array;
}

/** @param counts codes of each length from 1 to 16 (ITU-T T.81, annex C). */
export function huffmanTable(counts: Uint8Array, symbols: Uint8Array): HuffmanTable {
  const largest = new Int32Array(longestCode + 1).fill(-1);
  const offset = new Int32Array(longestCode + 1);
  let code = 0;
  let before = 0;
  for (let length = 1; length <= longestCode; length += 1) {
    const count = counts[length - 1] ?? 0;
    offset[length] = before - code;
    if (count > 0) largest[length] = code + count - 1;
    before += count;
    code = (code + count) << 1;
  }
  return { largest, offset, symbols };
}

/** Reads Huffman codes and the bits behind them out of a scan (ITU-T T.81, annex F.2.2). */
export class HuffmanReader {
  readonly #data: Uint8Array;
  #at = 0;
  #bits = 0;
  #count = 0;

  constructor(data: Uint8Array) {
    this.#data = data;
  }

  symbol({ largest, offset, symbols }: HuffmanTable): number {
    let code = 0;
    for (let length = 1; length <= longestCode; length += 1) {
      code = (code << 1) | this.#bit();
      if (code <= (largest[length] ?? -1)) return symbols[code + (offset[length] ?? 0)] ?? 0;
    }
    throw new DicomError('CODEC_FAILED', 'no such Huffman code');
  }

  /** A number of so many bits, extended as in F.2.2.1. */
  signed(size: number): number {
    if (size === 0) return 0;
    let value = 0;
    for (let bit = 0; bit < size; bit += 1) value = (value << 1) | this.#bit();
    return value < 2 ** (size - 1) ? value - 2 ** size + 1 : value;
  }

  /** Moves behind the next restart marker. */
  restart(): void {
    this.#count = 0;
    const code = this.#data[this.#at + 1] ?? 0;
    if (this.#data[this.#at] !== 0xff || code < 0xd0 || code > 0xd7)
      throw new DicomError('CODEC_FAILED', 'a restart marker is missing');
    this.#at += 2;
  }

  #bit(): number {
    if (this.#count === 0) {
      const byte = this.#data[this.#at];
      if (byte === undefined) throw new DicomError('CODEC_FAILED', 'the scan ends early');
      if (byte === 0xff && this.#data[this.#at + 1] !== 0)
        throw new DicomError('CODEC_FAILED', 'a marker lies within the scan');
      this.#at += byte === 0xff ? 2 : 1;
      this.#bits = byte;
      this.#count = 8;
    }
    this.#count -= 1;
    return (this.#bits >> this.#count) & 1;
  }
}
