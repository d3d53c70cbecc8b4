import { createRequire } from 'node:module';

/** Grey shades of up to 16 bits, row by row. */
export interface Shades {
  width: number;
  height: number;
  bits: number;
  values: Uint16Array;
}

interface WasmEncoder {
  getDecodedBuffer(frame: object): Uint8Array;
  getEncodedBuffer(): Uint8Array;
  setQuality?(lossless: boolean, step: number): void;
  encode(): void;
  delete(): void;
}

const encoders = {
  jpegLs: { module: '@cornerstonejs/codec-charls', encoder: 'JpegLSEncoder' },
  jpeg2000: { module: '@cornerstonejs/codec-openjpeg', encoder: 'J2KEncoder' },
  htj2k: { module: '@cornerstonejs/codec-openjph', encoder: 'HTJ2KEncoder' },
} as const;

const require = createRequire(import.meta.url);

/** Compresses shades without a loss. */
export async function encodeByWasm(
  codec: keyof typeof encoders,
  { width, height, bits, values }: Shades,
): Promise<Uint8Array> {
  const { module, encoder } = encoders[codec];
  const silent = () => undefined;
  const factory: (options: object) => Promise<Record<string, new () => WasmEncoder>> = require(module);
  const Encoder = (await factory({ print: silent, printErr: silent }))[encoder];
  if (!Encoder) throw new Error(`${module} has no ${encoder}`);
  const one = new Encoder();
  try {
    const frame = { width, height, bitsPerSample: bits, componentCount: 1, isSigned: false };
    one
      .getDecodedBuffer({ ...frame, isUsingColorTransform: false })
      .set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    one.setQuality?.(true, 0);
    one.encode();
    return one.getEncodedBuffer().slice();
  } finally {
    one.delete();
  }
}

const longestRun = 128;

/** RLE of PS3.5, annex G, of 16 bits allocated, in literal runs alone: larger than the pixels, and valid. */
export function encodeRle({ values }: Shades): Uint8Array {
  const segments = [8, 0].map((shift) =>
    literalRuns(Uint8Array.from(values, (value) => (value >> shift) & 255)),
  );
  const header = new DataView(new ArrayBuffer(64));
  header.setUint32(0, segments.length, true);
  let at = 64;
  segments.forEach((segment, index) => {
    header.setUint32(4 + 4 * index, at, true);
    at += segment.length;
  });
  return Buffer.concat([new Uint8Array(header.buffer), ...segments]);
}

function literalRuns(bytes: Uint8Array): Buffer {
  const runs: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += longestRun) {
    const run = bytes.subarray(at, at + longestRun);
    runs.push(Uint8Array.of(run.length - 1), run);
  }
  const packed = Buffer.concat(runs);
  return packed.length % 2 === 0 ? packed : Buffer.concat([packed, Buffer.of(128)]);
}
