export type { HeaderFacts } from './header/facts.js';
export { type HeaderOptions, readHeader } from './header/read-header.js';
export type { View } from './header/view.js';
export { type DicomProblem, type DicomResult, type ProblemCode, problemSentences } from './problem.js';
export { looksLikeDicom } from './structure/file.js';
export { transferSyntaxUids } from './structure/syntaxes.js';
