import { type Prepared, refuse } from '../outcome.js';
import { brokenScan } from './huffman-check.js';
import {
  type HuffmanSpec,
  type JpegComponent,
  type JpegFrame,
  type JpegScan,
  lossless,
} from './jpeg-parts.js';
import { exifOrientation, orientationExif } from './orientation.js';
import type { Structure } from './structure.js';

/** Scans of progressive files: libjpeg writes 6 to 10, the most thorough optimizers about 20. */
const maxScans = 100;
const maxSegments = 4_096;
/** Half a second of empty scans; 50 megapixels in 20 scans stay below. */
const maxSamplesDecoded = 2e9;

const marker = {
  firstRestart: 0xd0,
  startOfImage: 0xd8,
  endOfImage: 0xd9,
  startOfScan: 0xda,
  huffmanTables: 0xc4,
  arithmeticTables: 0xcc,
  reserved: 0xc8,
  restartInterval: 0xdd,
  lines: 0xdc,
  hierarchical: 0xde,
  expand: 0xdf,
  jfif: 0xe0,
  exif: 0xe1,
  adobe: 0xee,
  lastApplication: 0xef,
  comment: 0xfe,
};

/** Of the processes with Huffman coding. In arithmetic coding nothing tells damage, and nobody uses it. */
const progressive = 2;

/**
 * Walks the markers of a JPEG (ITU-T T.81, annex B). Refuses what the decoder does not read, what takes more work than any
 * X-ray needs, and entropy-coded data that do not fill their scan.
 */
export function readJpegStructure(bytes: Uint8Array, maxDecodedBytes: number): Prepared<Structure> {
  const walk = new Walk(bytes, maxDecodedBytes);
  const failed = walk.toEnd();
  const { frame } = walk;
  if (failed) return failed;
  if (!frame || walk.scans === 0) return refuse('DAMAGED');
  const samples = frame.width * frame.height * frame.components.length;
  return {
    ok: true,
    value: {
      mediaType: 'image/jpeg',
      width: frame.width,
      height: frame.height,
      essential: walk.essential(),
      // Every coefficient of two bytes until the last scan.
      heldBytes: walk.scans > 1 || frame.process === progressive ? 2 * samples : 0,
      samplesDecoded: walk.samplesDecoded,
      shrinksOnLoad: frame.process !== lossless,
      significantBits: null,
    },
  };
}

class Walk {
  frame: JpegFrame | undefined;
  scans = 0;
  samplesDecoded = 0;
  readonly #bytes: Uint8Array;
  readonly #maxDecodedBytes: number;
  readonly #kept: Uint8Array[] = [];
  readonly #tables = new Map<number, HuffmanSpec>();
  readonly #seen = new Set<number>();
  #orientation = 1;
  #restartInterval = 0;
  #at = 2;

  constructor(bytes: Uint8Array, maxDecodedBytes: number) {
    this.#bytes = bytes;
    this.#maxDecodedBytes = maxDecodedBytes;
  }

  /** @returns the refusal, or nothing when the end of the image was reached. */
  toEnd(): ReturnType<typeof refuse> | null {
    for (let segments = 0; segments < maxSegments; segments += 1) {
      const code = this.#nextMarker();
      if (code === null) return refuse('DAMAGED');
      if (code === marker.endOfImage) return null;
      const segment = this.#segment();
      if (!segment) return refuse('DAMAGED');
      const failed = this.#take(code, segment);
      if (failed) return failed;
    }
    return refuse('TOO_COMPLEX_TO_DECODE');
  }

  essential(): Uint8Array {
    const upright = this.#orientation === 1;
    const exif = upright ? [] : [asSegment(marker.exif, 'Exif\0\0', orientationExif(this.#orientation))];
    return Buffer.concat([Uint8Array.of(0xff, marker.startOfImage), ...exif, ...this.#kept, endOfImage]);
  }

  #take(code: number, segment: Uint8Array): ReturnType<typeof refuse> | null {
    const body = segment.subarray(4);
    if (code === marker.startOfScan) return this.#scan(segment);
    if (code === marker.huffmanTables) this.#readTables(body);
    else if (code === marker.restartInterval) this.#restartInterval = ((body[0] ?? 0) << 8) | (body[1] ?? 0);
    else if (isFrame(code)) {
      const failed = this.#readFrame(code & 15, body);
      if (failed) return failed;
    } else if ([marker.hierarchical, marker.expand, marker.lines].includes(code))
      return refuse('UNSUPPORTED_TYPE');
    else if ((code >= marker.jfif && code <= marker.lastApplication) || code === marker.comment) {
      this.#readApplication(code, segment);
      return null;
    }
    this.#kept.push(segment);
    return null;
  }

  #readApplication(code: number, segment: Uint8Array): void {
    const first = !this.#seen.has(code);
    // What colours the samples stand for is said by the first JFIF and Adobe segments.
    if (first && (code === marker.jfif || code === marker.adobe)) this.#kept.push(segment);
    if (code !== marker.jfif && code !== marker.adobe && code !== marker.exif) return;
    if (code !== marker.exif) this.#seen.add(code);
    else if (first && Buffer.from(segment.subarray(4, 10)).toString('latin1') === 'Exif\0\0') {
      this.#seen.add(code);
      this.#orientation = exifOrientation(segment.subarray(10));
    }
  }

  #readFrame(process: number, body: Uint8Array): ReturnType<typeof refuse> | null {
    if (this.frame) return refuse('DAMAGED');
    const [precision = 0, h1 = 0, h0 = 0, w1 = 0, w0 = 0, count = 0] = body;
    if (process > lossless || precision !== 8) return refuse('UNSUPPORTED_TYPE');
    const components: JpegComponent[] = [];
    for (let at = 6; at + 2 < body.length && components.length < count; at += 3) {
      const factors = body[at + 1] ?? 0;
      components.push({ id: body[at] ?? 0, across: factors >> 4, down: factors & 15 });
    }
    const frame = { process, height: (h1 << 8) | h0, width: (w1 << 8) | w0, components };
    const sampled = components.every(
      ({ across, down }) => across >= 1 && across <= 4 && down >= 1 && down <= 4,
    );
    if (!frame.width || !frame.height || !count || count > 4 || components.length !== count || !sampled)
      return refuse('DAMAGED');
    this.frame = frame;
    const samples = frame.width * frame.height * count;
    return samples > this.#maxDecodedBytes ? refuse('TOO_LARGE') : null;
  }

  #readTables(body: Uint8Array): void {
    for (let at = 0; at + 17 <= body.length; ) {
      const counts = body.subarray(at + 1, at + 17);
      const total = counts.reduce((sum, count) => sum + count, 0);
      this.#tables.set(body[at] ?? 0, { counts, symbols: body.subarray(at + 17, at + 17 + total) });
      at += 17 + total;
    }
  }

  #scan(segment: Uint8Array): ReturnType<typeof refuse> | null {
    const { frame } = this;
    if (!frame) return refuse('DAMAGED');
    const components: JpegScan['components'] = [];
    for (let each = 0; each < (segment[4] ?? 0); each += 1) {
      const component = frame.components.find(({ id }) => id === segment[5 + 2 * each]);
      const tables = segment[6 + 2 * each] ?? 0;
      if (!component) return refuse('DAMAGED');
      components.push({
        ...component,
        dc: this.#tables.get(tables >> 4),
        ac: this.#tables.get(16 | (tables & 15)),
      });
    }
    const data = this.#entropyCoded();
    this.#kept.push(segment, data);
    this.scans += 1;
    this.samplesDecoded += frame.width * frame.height * components.length;
    if (this.scans > maxScans || this.samplesDecoded > maxSamplesDecoded)
      return refuse('TOO_COMPLEX_TO_DECODE');
    // The decoder overlooks what is missing from the last rows. Progressive scans it checks well enough.
    const scan = { components, restartInterval: this.#restartInterval, data };
    return frame.process !== progressive && brokenScan(frame, scan) ? refuse('DAMAGED') : null;
  }

  /** Moves behind the next marker. */
  #nextMarker(): number | null {
    const bytes = this.#bytes;
    while (this.#at + 1 < bytes.length) {
      const code = bytes[this.#at + 1] ?? 0;
      const found = bytes[this.#at] === 0xff && code !== 0xff && code !== 0;
      this.#at += found ? 2 : 1;
      if (found) return code;
    }
    return null;
  }

  /** The segment whose marker was just read, marker and length included. */
  #segment(): Uint8Array | null {
    const start = this.#at - 2;
    const length = ((this.#bytes[this.#at] ?? 0) << 8) | (this.#bytes[this.#at + 1] ?? 0);
    this.#at += length;
    return length < 2 || this.#at > this.#bytes.length ? null : this.#bytes.subarray(start, this.#at);
  }

  #entropyCoded(): Uint8Array {
    const bytes = this.#bytes;
    const start = this.#at;
    let at = start;
    for (; at < bytes.length; at += 1) {
      if (bytes[at] !== 0xff) continue;
      const next = bytes[at + 1] ?? 0xff;
      const isData = next === 0 || (next & 0xf8) === marker.firstRestart;
      if (!isData && next !== 0xff) break;
    }
    this.#at = at;
    return bytes.subarray(start, at);
  }
}

const endOfImage = Uint8Array.of(0xff, marker.endOfImage);

function isFrame(code: number): boolean {
  const others = [marker.huffmanTables, marker.reserved, marker.arithmeticTables];
  return code >= 0xc0 && code <= 0xcf && !others.includes(code);
}

function asSegment(code: number, name: string, body: Uint8Array): Uint8Array {
  const length = 2 + name.length + body.length;
  return Buffer.concat([
    Uint8Array.of(0xff, code, length >> 8, length & 255),
    Buffer.from(name, 'latin1'),
    body,
  ]);
}
