import { readFileSync } from 'node:fs';
import { readHeader } from '@lucency/dicom';
import { CStoreRequest, Dataset } from '../association/library.js';

/** Where the first element of the file meta information lies: behind preamble and magic number (PS3.10, 7.1). */
const metaAt = 132;

/** The data set of a file as it lies there: the library would take it apart and write it anew, in other bytes. */
class FileDataset extends Dataset {
  readonly #file: string;

  constructor(file: string, elements: Record<string, string>, transferSyntaxUid: string) {
    super(elements, transferSyntaxUid);
    this.#file = file;
  }

  /** Read when its turn comes, so that one file is in memory at a time. */
  override getDenaturalizedDataset(): Buffer {
    const bytes = readFileSync(this.#file);
    return bytes.subarray(endOfMeta(bytes));
  }
}

/** @returns undefined where the file is none of PS3.10, or cannot be read */
export function requestOf(file: string): CStoreRequest | undefined {
  const bytes = tryToRead(file);
  if (!bytes || bytes.length < metaAt + 12 || bytes.readUInt32LE(metaAt) !== 0x00000002) return undefined;
  const header = readHeader(bytes);
  if (!header.ok) return undefined;
  const { sopClassUid, sopInstanceUid, transferSyntaxUid } = header.value;
  if (!sopClassUid || !sopInstanceUid) return undefined;
  const elements = { SOPClassUID: sopClassUid, SOPInstanceUID: sopInstanceUid };
  return new CStoreRequest(new FileDataset(file, elements, transferSyntaxUid));
}

export function contextOf(request: CStoreRequest): { sopClassUid: string; transferSyntaxUid: string } {
  const transferSyntaxUid = request.getDataset()?.getTransferSyntaxUid() ?? '';
  return { sopClassUid: request.getAffectedSopClassUid(), transferSyntaxUid };
}

function tryToRead(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** By the length of group 2, which its first element has. */
function endOfMeta(bytes: Buffer): number {
  return metaAt + 12 + bytes.readUInt32LE(metaAt + 8);
}
