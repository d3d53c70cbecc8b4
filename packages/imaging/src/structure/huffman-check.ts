import { type HuffmanSpec, type JpegFrame, type JpegScan, lossless } from './jpeg-parts.js';

/** Encoders may leave a few bytes behind the last block; more are those of blocks that were lost track of. */
const mostLeftBytes = 16;
/** Samples that one block of the transform is wide; a lossless one is a sample. */
const transformSide = 8;

/**
 * Goes through the codes of a sequential or lossless scan (ITU-T T.81, F.2.2 and H.2) without decoding a coefficient: they
 * must make exactly the blocks that the frame asks for. 500 bytes cut out of a file, or 64 zeroed, break that in nearly every place.
 * @returns whether they do not.
 */
export function brokenScan(frame: JpegFrame, { components, restartInterval, data }: JpegScan): boolean {
  const coefficients = frame.process === lossless ? 1 : transformSide ** 2;
  const side = Math.sqrt(coefficients);
  const across = Math.max(...frame.components.map((component) => component.across));
  const down = Math.max(...frame.components.map((component) => component.down));
  const [only] = components;
  const alone = components.length === 1 && only;
  // A component alone in its scan has one block a unit and no blocks that only fill units up.
  const columns = alone
    ? Math.ceil(Math.ceil((frame.width * only.across) / across) / side)
    : Math.ceil(frame.width / (side * across));
  const rows = alone
    ? Math.ceil(Math.ceil((frame.height * only.down) / down) / side)
    : Math.ceil(frame.height / (side * down));
  const blocks: Tables[] = [];
  const known = new Map<HuffmanSpec, Uint16Array>();
  for (const component of components) {
    const ac = coefficients === 1 ? component.dc : component.ac;
    if (!component.dc || !ac) return true;
    const tables = { dc: lookup(component.dc, known), ac: lookup(ac, known) };
    const count = alone ? 1 : component.across * component.down;
    for (let block = 0; block < count; block += 1) blocks.push(tables);
  }
  let units = columns * rows;
  for (const run of runs(data)) {
    const due = restartInterval > 0 ? Math.min(restartInterval, units) : units;
    if (due === 0) return run.length > mostLeftBytes;
    if (isBroken(run, due, blocks, coefficients)) return true;
    units -= due;
  }
  return units > 0;
}

interface Tables {
  dc: Uint16Array;
  ac: Uint16Array;
}

/** What lies between restart markers, with its stuffed zeros taken out. */
function* runs(data: Uint8Array): Generator<Uint8Array> {
  const plain = new Uint8Array(data.length);
  let end = 0;
  let start = 0;
  for (let at = 0; at < data.length; at += 1) {
    const byte = data[at] ?? 0;
    if (byte !== 0xff) {
      plain[end] = byte;
      end += 1;
      continue;
    }
    const next = data[at + 1];
    if (next === 0) {
      plain[end] = byte;
      end += 1;
      at += 1;
    } else if (next !== undefined && next !== 0xff) {
      yield plain.subarray(start, end);
      start = end;
      at += 1;
    }
  }
  yield plain.subarray(start, end);
}

function isBroken(run: Uint8Array, units: number, blocks: readonly Tables[], coefficients: number): boolean {
  const bits = run.length * 8;
  let at = 0;
  for (let unit = 0; unit < units; unit += 1) {
    for (const { dc, ac } of blocks) {
      const difference = dc[peek(run, at)] ?? 0;
      if (difference === 0) return true;
      // A lossless difference of 2^15 has no bits of its own: its 16 reads as 0 here, as it should.
      at += (difference & 31) + ((difference >> 5) & 15);
      for (let coefficient = 1; coefficient < coefficients; coefficient += 1) {
        const code = ac[peek(run, at)] ?? 0;
        if (code === 0) return true;
        const size = (code >> 5) & 15;
        const zeros = code >> 9;
        at += (code & 31) + size;
        if (size === 0 && zeros !== 15) break;
        coefficient += zeros;
        if (coefficient >= coefficients) return true;
      }
      if (at > bits) return true;
    }
  }
  return bits - at >= 8 * mostLeftBytes;
}

/** The next 16 bits; ones beyond the end, as padding is. */
function peek(run: Uint8Array, at: number): number {
  const byte = at >>> 3;
  const three = ((run[byte] ?? 255) << 16) | ((run[byte + 1] ?? 255) << 8) | (run[byte + 2] ?? 255);
  return (three >>> (8 - (at & 7))) & 0xffff;
}

/**
 * For each 16 bits the code they begin with: its length in the lowest 5 bits, then 4 bits of how many follow, then 4 bits of
 * the run of zeros. 0 where no code begins so.
 */
function lookup(spec: HuffmanSpec, known: Map<HuffmanSpec, Uint16Array>): Uint16Array {
  const made = known.get(spec);
  if (made) return made;
  const table = new Uint16Array(65_536);
  let from = 0;
  let symbol = 0;
  for (let length = 1; length <= 16; length += 1) {
    const span = 1 << (16 - length);
    for (let code = 0; code < (spec.counts[length - 1] ?? 0); code += 1) {
      const value = spec.symbols[symbol] ?? 0;
      table.fill(length | ((value & 15) << 5) | ((value >> 4) << 9), from, from + span);
      from += span;
      symbol += 1;
    }
  }
  known.set(spec, table);
  return table;
}
