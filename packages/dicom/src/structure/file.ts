import { DicomError } from '../problem.js';
import { DataSet } from './data-set.js';
import { isKnownVr } from './element.js';
import {
  explicitBigEndian,
  explicitLittleEndian,
  implicitLittleEndian,
  type TransferSyntax,
  transferSyntax,
} from './syntaxes.js';
import { walkDataSet } from './walk.js';

const preambleBytes = 128;
const transferSyntaxUid = 0x00020010;

export interface DicomFile {
  syntax: TransferSyntax;
  dataSet: DataSet;
  /** What `dataSet` points into: the file, or what was inflated of it. */
  bytes: Uint8Array;
  /** Why the data set ends early; null where it is whole up to its pixels' end. */
  missing: string | null;
  /** The preamble holds something, as TIFF headers, programs and pages that pose as DICOM do. */
  preambleInUse: boolean;
}

export interface ReadOptions {
  sequences: ReadonlySet<number>;
  /** Bytes that a deflated data set may have. */
  maxInflatedBytes: number;
  /** Inflates the beginning alone. */
  headerOnly: boolean;
  /** Null where deflated files are not read. */
  inflate: Inflate | null;
}

/**
 * @returns what was inflated, and whether more of it was left.
 * @throws DicomError
 */
export type Inflate = (
  deflated: Uint8Array,
  options: Pick<ReadOptions, 'maxInflatedBytes' | 'headerOnly'>,
) => { content: Uint8Array; cut: boolean };

/** Whether bytes may be a DICOM file: the magic number behind the preamble, or a data set without either. */
export function looksLikeDicom(bytes: Uint8Array): boolean {
  return hasMagic(bytes) || guessSyntax(bytes, 0) !== null || startsWithMeta(bytes, 0);
}

/** @throws DicomError */
export function readFile(bytes: Uint8Array, options: ReadOptions): DicomFile {
  const start = hasMagic(bytes) ? preambleBytes + 4 : 0;
  const { uid, at } = readMeta(bytes, start);
  const syntax = transferSyntax(uid);
  if (!syntax)
    throw new DicomError('UNSUPPORTED_TRANSFER_SYNTAX', 'the transfer syntax is not among those read');
  const { content, from, cut } = contentOf(bytes, at, syntax, options);
  const { elements, missing } = walkDataSet(content, from, syntax.encoding, options.sequences);
  const preambleInUse = start > 0 && bytes.subarray(0, preambleBytes).some((byte) => byte !== 0);
  return {
    syntax,
    dataSet: new DataSet(content, elements),
    bytes: content,
    missing: cut ? null : missing,
    preambleInUse,
  };
}

function contentOf(bytes: Uint8Array, at: number, { deflated }: TransferSyntax, options: ReadOptions) {
  if (!deflated) return { content: bytes, from: at, cut: false };
  if (!options.inflate)
    throw new DicomError('UNSUPPORTED_TRANSFER_SYNTAX', 'deflated files are not read here');
  return { ...options.inflate(bytes.subarray(at), options), from: 0 };
}

/** @returns the transfer syntax and where the data set begins. */
function readMeta(bytes: Uint8Array, start: number): { uid: string; at: number } {
  if (!startsWithMeta(bytes, start)) {
    const uid = guessSyntax(bytes, start);
    if (uid) return { uid, at: start };
    if (start > 0 && bytes.length < start + 8)
      throw new DicomError('TRUNCATED', 'nothing behind the preamble');
    throw new DicomError(start > 0 ? 'INVALID_HEADER' : 'NOT_DICOM', 'no data set begins here');
  }
  const at = endOfMeta(bytes, start);
  const { elements, missing } = walkDataSet(
    bytes.subarray(0, at),
    start,
    { explicit: true, littleEndian: true },
    new Set(),
  );
  if (missing) throw new DicomError('TRUNCATED', missing);
  const uid = new DataSet(bytes, elements).uid(transferSyntaxUid) ?? guessSyntax(bytes, at);
  if (uid) return { uid, at };
  throw new DicomError(at === bytes.length ? 'TRUNCATED' : 'INVALID_HEADER', 'no transfer syntax');
}

/** Where group 2 ends, whatever its length element says. */
function endOfMeta(bytes: Uint8Array, start: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = start; ; ) {
    if (at + 8 > bytes.length) return bytes.length;
    if (view.getUint16(at, true) !== 2) return at;
    const vr = String.fromCharCode(view.getUint8(at + 4), view.getUint8(at + 5));
    const long = ['OB', 'UN', 'OW', 'UT', 'SQ'].includes(vr);
    if (long && at + 12 > bytes.length) return bytes.length;
    at += long ? 12 + view.getUint32(at + 8, true) : 8 + view.getUint16(at + 6, true);
  }
}

function hasMagic(bytes: Uint8Array): boolean {
  return [0x44, 0x49, 0x43, 0x4d].every((byte, at) => bytes[preambleBytes + at] === byte);
}

function startsWithMeta(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 2 && bytes[at + 1] === 0 && isKnownVr(vrAt(bytes, at));
}

/**
 * How a data set without a transfer syntax is encoded, by its first element: group 8, where every image begins.
 * @returns null where it is none.
 */
function guessSyntax(bytes: Uint8Array, at: number): string | null {
  const [first, second, third, fourth] = bytes.subarray(at, at + 4);
  if (bytes.length < at + 8) return null;
  if (first === 0 && second === 8 && third === 0 && isKnownVr(vrAt(bytes, at))) return explicitBigEndian;
  if (first !== 8 || second !== 0 || fourth !== 0) return null;
  if (isKnownVr(vrAt(bytes, at))) return explicitLittleEndian;
  // An implicit length: those of the elements that come first are short.
  return bytes[at + 6] === 0 && bytes[at + 7] === 0 ? implicitLittleEndian : null;
}

function vrAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(bytes[at + 4] ?? 0, bytes[at + 5] ?? 0);
}
