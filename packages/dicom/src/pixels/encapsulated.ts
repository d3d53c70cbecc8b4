import { DicomError } from '../problem.js';
import type { Element } from '../structure/element.js';

/**
 * The compressed bytes of the only frame (PS3.5, A.4): its fragments one after another, whatever the offset table says.
 * @returns a view of the file where there is but one fragment.
 */
export function frameOf(bytes: Uint8Array, { offset, length }: Element): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  const end = offset + length;
  for (let at = offset; at + 8 <= end; ) {
    const size = view.getUint32(at + 4, true);
    parts.push(bytes.subarray(at + 8, Math.min(end, at + 8 + size)));
    at += 8 + size;
  }
  const [, first, ...others] = parts;
  if (!first) throw new DicomError('NO_PIXELS', 'no fragment of compressed pixels');
  return others.length === 0 ? first : Buffer.concat([first, ...others]);
}
