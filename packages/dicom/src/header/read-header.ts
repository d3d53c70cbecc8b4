import { asResult, type DicomResult } from '../problem.js';
import { inflate } from '../structure/inflate.js';
import type { HeaderFacts } from './facts.js';
import { type HeaderOptions, readFacts } from './read-facts.js';

/**
 * Reads the facts of a DICOM file (PS3.10) or of a bare data set.
 *
 * Takes memory for the elements alone, at most 100,000 of them 64 deep, and of a deflated file 17 MB: it may run where other
 * requests are served. A prefix of 256 KB holds the whole header of nearly all X-rays; where `complete` is false a longer one
 * may say more.
 */
export function readHeader(bytes: Uint8Array, options: HeaderOptions = {}): DicomResult<HeaderFacts> {
  return asResult(() => readFacts(bytes, { ...options, inflate }));
}
