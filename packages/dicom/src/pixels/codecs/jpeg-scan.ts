import { DicomError } from '../../problem.js';
import { type HuffmanTable, huffmanTable } from './huffman.js';

const blockSize = 64;

/** Row-major place of each coefficient in the order of the code (ITU-T T.81, figure A.6). */
export const zigzag = Uint8Array.from([
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7,
  14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46,
  53, 60, 61, 54, 47, 55, 62, 63,
]);

/** The only scan of a frame, and the tables that came before it. */
export interface JpegScan {
  quantization: Map<number, Float64Array>;
  /** By class in the upper four bits, 0 for DC, and destination. */
  huffman: Map<number, HuffmanTable>;
  restartInterval: number;
  /** Of each component its table destinations: DC in the upper four bits, AC in the lower. */
  choices: number[];
  /** Start of spectral selection; in lossless frames the predictor. */
  start: number;
  /** The low digit of the successive approximation; in lossless frames the point transform. */
  low: number;
  data: Uint8Array;
}

const marker = { huffman: 0xc4, arithmetic: 0xcc, scan: 0xda, quantization: 0xdb, restartInterval: 0xdd };

/** Reads the segments up to the first scan (ITU-T T.81, annex B). @throws DicomError where there is none. */
export function readScan(frame: Uint8Array): JpegScan {
  const scan: JpegScan = {
    quantization: new Map(),
    huffman: new Map(),
    restartInterval: 0,
    choices: [],
    start: 0,
    low: 0,
    data: new Uint8Array(),
  };
  for (let at = 2; at + 4 <= frame.length && frame[at] === 0xff; ) {
    const code = frame[at + 1] ?? 0;
    if (code === 0xff) {
      at += 1;
      continue;
    }
    const end = at + 2 + (((frame[at + 2] ?? 0) << 8) | (frame[at + 3] ?? 0));
    const body = frame.subarray(at + 4, end);
    if (code === marker.arithmetic) throw new DicomError('UNSUPPORTED_PIXELS', 'arithmetic coding');
    if (code === marker.restartInterval) scan.restartInterval = ((body[0] ?? 0) << 8) | (body[1] ?? 0);
    else if (code === marker.quantization) readQuantization(body, scan.quantization);
    else if (code === marker.huffman) readHuffman(body, scan.huffman);
    else if (code === marker.scan) {
      const components = body[0] ?? 0;
      for (let each = 0; each < components; each += 1) scan.choices.push(body[2 + 2 * each] ?? 0);
      const [start = 0, , approximation = 0] = body.subarray(1 + 2 * components);
      return { ...scan, start, low: approximation & 15, data: frame.subarray(end) };
    }
    at = end;
  }
  throw new DicomError('CODEC_FAILED', 'the JPEG has no scan');
}

function readHuffman(body: Uint8Array, into: Map<number, HuffmanTable>): void {
  for (let at = 0; at + 17 <= body.length; ) {
    const counts = body.subarray(at + 1, at + 17);
    const total = counts.reduce((sum, count) => sum + count, 0);
    into.set(body[at] ?? 0, huffmanTable(counts, body.subarray(at + 17, at + 17 + total)));
    at += 17 + total;
  }
}

function readQuantization(body: Uint8Array, into: Map<number, Float64Array>): void {
  for (let at = 0; at < body.length; ) {
    const kind = body[at] ?? 0;
    const wide = kind >> 4 === 1;
    const table = new Float64Array(blockSize);
    zigzag.forEach((place, k) => {
      const from = at + 1 + (wide ? 2 * k : k);
      table[place] = wide ? ((body[from] ?? 0) << 8) | (body[from + 1] ?? 0) : (body[from] ?? 0);
    });
    into.set(kind & 15, table);
    at += 1 + (wide ? 2 : 1) * blockSize;
  }
}
