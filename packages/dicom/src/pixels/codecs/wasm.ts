import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The decoders of @cornerstonejs have one shape. */
interface WasmDecoder {
  getEncodedBuffer(length: number): Uint8Array;
  getDecodedBuffer(): Uint8Array;
  decode(): void;
  getFrameInfo(): FrameInfo;
  getInterleaveMode?(): number;
  delete(): void;
}

export interface FrameInfo {
  width: number;
  height: number;
  bitsPerSample: number;
  componentCount: number;
  isSigned: boolean;
}

export interface WasmFrame extends FrameInfo {
  /** A copy outside the decoder's memory. */
  bytes: Uint8Array;
  /** Of JPEG-LS: 0 where components come one after another. */
  interleaveMode: number | null;
}

type WasmModule = Readonly<Record<string, new () => WasmDecoder>>;
type Factory = (options: object) => Promise<WasmModule>;

export interface Codec {
  script: string;
  binary: string;
  decoder: string;
}

export const codecs = {
  jpeg: {
    script: '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs',
    binary: '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasm',
    decoder: 'JPEGDecoder',
  },
  jpegLs: {
    script: '@cornerstonejs/codec-charls/decodewasmjs',
    binary: '@cornerstonejs/codec-charls/decodewasm',
    decoder: 'JpegLSDecoder',
  },
  jpeg2000: {
    script: '@cornerstonejs/codec-openjpeg/decodewasmjs',
    binary: '@cornerstonejs/codec-openjpeg/decodewasm',
    decoder: 'J2KDecoder',
  },
  htj2k: {
    script: '@cornerstonejs/codec-openjph/wasmjs',
    binary: '@cornerstonejs/codec-openjph/wasm',
    decoder: 'HTJ2KDecoder',
  },
} as const satisfies Record<string, Codec>;

const require = createRequire(import.meta.url);
const loaded = new Map<Codec, Promise<WasmModule>>();

/** @throws whatever the decoder throws, numbers among it. */
export async function decodeByWasm(codec: Codec, frame: Uint8Array): Promise<WasmFrame> {
  const module = await load(codec);
  const Decoder = module[codec.decoder];
  if (!Decoder) throw new Error(`${codec.script} has no ${codec.decoder}`);
  const decoder = new Decoder();
  try {
    decoder.getEncodedBuffer(frame.length).set(frame);
    decoder.decode();
    const { width, height, bitsPerSample, componentCount, isSigned } = decoder.getFrameInfo();
    return {
      width,
      height,
      bitsPerSample,
      componentCount,
      isSigned,
      bytes: decoder.getDecodedBuffer().slice(),
      interleaveMode: decoder.getInterleaveMode?.() ?? null,
    };
  } finally {
    decoder.delete();
  }
}

function load(codec: Codec): Promise<WasmModule> {
  const known = loaded.get(codec);
  if (known) return known;
  const factory: Factory = require(codec.script);
  // Their complaints would end up in the output of the service.
  const silent = () => undefined;
  const module = factory({
    wasmBinary: readFileSync(require.resolve(codec.binary)),
    print: silent,
    printErr: silent,
  });
  loaded.set(codec, module);
  return module;
}
