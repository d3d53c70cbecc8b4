import { asResult, type DicomResult } from '../problem.js';
import type { HeaderFacts } from './facts.js';
import { type HeaderOptions, readFacts } from './read-facts.js';

export { looksLikeDicom } from '../structure/file.js';
export type { HeaderFacts } from './facts.js';
export { headerPrefixBytes } from './read-facts.js';
export type { View } from './view.js';

/** As `readHeader` of the package, of all but deflated files: browsers inflate otherwise. */
export function readHeader(bytes: Uint8Array, options: HeaderOptions = {}): DicomResult<HeaderFacts> {
  return asResult(() => readFacts(bytes, { ...options, inflate: null }));
}
