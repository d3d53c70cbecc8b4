import { DicomError } from '../../problem.js';
import type { CodestreamHeader } from '../codestream.js';
import type { Decoded } from './decoded.js';
import { HuffmanReader } from './huffman.js';
import { blockSide, InverseDct } from './inverse-dct.js';
import { readScan, zigzag } from './jpeg-scan.js';

const extendedSequential = 1;
const blockSize = blockSide * blockSide;

/**
 * Sequential JPEG of 12 bits and one component (ITU-T T.81, process 4), as transfer syntax 1.2.840.10008.1.2.4.51
 * carries it. Written here because libjpeg-turbo, in sharp as in WebAssembly, is built for 8 bits.
 */
export function decodeExtendedJpeg(frame: Uint8Array, header: CodestreamHeader): Decoded {
  const { width, height, bits, process, components } = header;
  if (process !== extendedSequential || components !== 1 || bits !== 12)
    throw new DicomError('UNSUPPORTED_PIXELS', `JPEG of process ${process} with ${bits} bits`);
  const { quantization, huffman, restartInterval, choices, data } = readScan(frame);
  const [choice = 0] = choices;
  const dc = huffman.get(choice >> 4);
  const ac = huffman.get(16 | (choice & 15));
  // One component needs one table: whichever the frame names, it is the only one.
  const [steps] = quantization.values();
  if (!dc || !ac || !steps) throw new DicomError('CODEC_FAILED', 'a table of the JPEG is missing');
  const samples = new Uint16Array(width * height);
  const reader = new HuffmanReader(data);
  const inverse = new InverseDct();
  const coefficients = new Float64Array(blockSize);
  const across = Math.ceil(width / blockSide);
  const blocks = across * Math.ceil(height / blockSide);
  let previous = 0;
  for (let block = 0; block < blocks; block += 1) {
    if (restartInterval > 0 && block > 0 && block % restartInterval === 0) {
      reader.restart();
      previous = 0;
    }
    previous += reader.signed(reader.symbol(dc));
    coefficients.fill(0);
    coefficients[0] = previous * (steps[0] ?? 0);
    for (let k = 1; k < blockSize; k += 1) {
      const symbol = reader.symbol(ac);
      const size = symbol & 15;
      const run = symbol >> 4;
      if (size === 0 && run < 15) break;
      k += run;
      const place = zigzag[k];
      if (place === undefined) throw new DicomError('CODEC_FAILED', 'a block has too many coefficients');
      if (size > 0) coefficients[place] = reader.signed(size) * (steps[place] ?? 0);
    }
    const left = (block % across) * blockSide;
    const top = Math.floor(block / across) * blockSide;
    place(inverse.transform(coefficients), samples, { width, height, left, top, bits });
  }
  return { samples, bits, planar: false, isRgb: false };
}

interface Place {
  width: number;
  height: number;
  left: number;
  top: number;
  bits: number;
}

/** Puts a block where it belongs, without what hangs over the edge. */
function place(block: Float64Array, samples: Uint16Array, { width, height, left, top, bits }: Place): void {
  const [middle, most] = [2 ** (bits - 1), 2 ** bits - 1];
  for (let row = 0; row < blockSide && top + row < height; row += 1)
    for (let column = 0; column < blockSide && left + column < width; column += 1) {
      const shade = Math.round((block[row * blockSide + column] ?? 0) + middle);
      samples[(top + row) * width + left + column] = Math.min(most, Math.max(0, shade));
    }
}
