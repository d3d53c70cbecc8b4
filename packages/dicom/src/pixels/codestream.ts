/** What the header of a compressed frame says, read before a decoder believes it. */
export interface CodestreamHeader {
  width: number;
  height: number;
  components: number;
  bits: number;
  /** Of JPEG: the low digit of its SOF marker; null for JPEG 2000 and JPEG-LS. */
  process: number | null;
}

const startOfFrame = { first: 0xc0, last: 0xcf, jpegLs: 0xf7 };
/** Tables and a reserved marker in between (ITU-T T.81, table B.1). */
const noFrames = [0xc4, 0xc8, 0xcc];

/** The frame header of JPEG or JPEG-LS; null where there is none before the first scan. */
export function jpegHeader(bytes: Uint8Array): CodestreamHeader | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
  for (let at = 2; at + 9 < bytes.length; ) {
    const code = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff) return null;
    if (code === 0xff) {
      at += 1;
      continue;
    }
    const isJpeg = code >= startOfFrame.first && code <= startOfFrame.last && !noFrames.includes(code);
    if (isJpeg || code === startOfFrame.jpegLs)
      return {
        bits: bytes[at + 4] ?? 0,
        height: uint16(bytes, at + 5),
        width: uint16(bytes, at + 7),
        components: bytes[at + 9] ?? 0,
        process: isJpeg ? code & 15 : null,
      };
    if (code === 0xda || code === 0xd9) return null;
    at += 2 + uint16(bytes, at + 2);
  }
  return null;
}

/** The SIZ segment of JPEG 2000 (ITU-T T.800, A.5.1), within boxes or without; null where there is none. */
export function jpeg2000Header(bytes: Uint8Array): CodestreamHeader | null {
  const start = startOfCodestream(bytes);
  if (start === null || start + 44 > bytes.length) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [right, bottom, left, top] = [8, 12, 16, 20].map((at) => view.getUint32(start + at));
  return {
    width: (right ?? 0) - (left ?? 0),
    height: (bottom ?? 0) - (top ?? 0),
    components: view.getUint16(start + 40),
    bits: (view.getUint8(start + 42) & 0x7f) + 1,
    process: null,
  };
}

/** Boxes of JP2 before the codestream take some hundred bytes. */
const furthestStart = 65_536;

function startOfCodestream(bytes: Uint8Array): number | null {
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, furthestStart)).indexOf(
    Buffer.from([0xff, 0x4f, 0xff, 0x51]),
  );
  return at < 0 ? null : at;
}

function uint16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
