import { DicomError } from '../../problem.js';
import type { CodestreamHeader } from '../codestream.js';
import type { Decoded } from './decoded.js';
import { HuffmanReader } from './huffman.js';
import { readScan } from './jpeg-scan.js';

/** The difference that stands for itself, without bits behind it (ITU-T T.81, H.1.2.2). */
const halfTurn = 16;

type Predictor = (left: number, above: number, aboveLeft: number) => number;

/** ITU-T T.81, table H.1. */
const predictors: readonly Predictor[] = [
  (left) => left,
  (_left, above) => above,
  (_left, _above, aboveLeft) => aboveLeft,
  (left, above, aboveLeft) => left + above - aboveLeft,
  (left, above, aboveLeft) => left + ((above - aboveLeft) >> 1),
  (left, above, aboveLeft) => above + ((left - aboveLeft) >> 1),
  (left, above) => (left + above) >> 1,
];

/**
 * Lossless JPEG with Huffman codes and all components in one scan (ITU-T T.81, annex H): both of its transfer syntaxes,
 * 2 to 16 bits. Written here because jpeg-lossless-decoder-js reads on where data are missing and installs a bundler.
 */
export function decodeLosslessJpeg(frame: Uint8Array, header: CodestreamHeader): Decoded {
  const { width, height, components, bits } = header;
  const { huffman, restartInterval, choices, start, low, data } = readScan(frame);
  const predict = predictors[start - 1];
  const tables = choices.map((choice) => huffman.get(choice >> 4));
  if (!predict || tables.length !== components || bits < 2 || bits > 16 || low >= bits)
    throw new DicomError(
      'UNSUPPORTED_PIXELS',
      `lossless JPEG of ${choices.length} components, predictor ${start}`,
    );
  const samples =
    bits > 8 ? new Uint16Array(width * height * components) : new Uint8Array(width * height * components);
  const reader = new HuffmanReader(data);
  const line = width * components;
  const first = 2 ** (bits - low - 1);
  let untilRestart = restartInterval;
  let firstLine = 0;
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const column = pixel % width;
    const row = (pixel - column) / width;
    if (restartInterval > 0) {
      if (untilRestart === 0) {
        reader.restart();
        firstLine = row;
        untilRestart = restartInterval;
      }
      untilRestart -= 1;
    }
    for (let component = 0; component < components; component += 1) {
      const table = tables[component];
      if (!table) throw new DicomError('CODEC_FAILED', 'a table of the JPEG is missing');
      const at = pixel * components + component;
      const left = (samples[at - components] ?? 0) >> low;
      const above = (samples[at - line] ?? 0) >> low;
      const begins = row === firstLine;
      const prediction =
        column === 0
          ? begins
            ? first
            : above
          : begins
            ? left
            : predict(left, above, (samples[at - line - components] ?? 0) >> low);
      const size = reader.symbol(table);
      const difference = size === halfTurn ? 32_768 : reader.signed(size);
      samples[at] = ((prediction + difference) & 0xffff) << low;
    }
  }
  return { samples, bits, planar: false, isRgb: false };
}
