import { constants, inflateRawSync } from 'node:zlib';
import { DicomError } from '../problem.js';
import type { Inflate } from './file.js';

/** A header of 16 KB deflated is larger than any; inflating more would give a bomb its memory. */
const headerBytes = 16_384;

/** With the library of Node, bounded. */
export const inflate: Inflate = (deflated, { maxInflatedBytes, headerOnly }) => {
  const part = headerOnly ? deflated.subarray(0, headerBytes) : deflated;
  try {
    // A stream that breaks off gives what it has; the walk finds what is missing.
    const content = inflateRawSync(part, {
      maxOutputLength: maxInflatedBytes,
      finishFlush: constants.Z_SYNC_FLUSH,
    });
    return { content, cut: part.length < deflated.length };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ERR_BUFFER_TOO_LARGE')
      throw new DicomError('TOO_LARGE', `inflates to more than ${maxInflatedBytes} bytes`);
    throw new DicomError('INVALID_HEADER', 'the deflated data set is damaged');
  }
};
