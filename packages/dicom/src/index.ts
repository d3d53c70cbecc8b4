export type { HeaderFacts } from './header/facts.js';
export { type InstanceContext, readInstanceContext } from './header/read-context.js';
export { type HeaderOptions, headerPrefixBytes } from './header/read-facts.js';
export { readHeader } from './header/read-header.js';
export type { View } from './header/view.js';
export {
  defaultFrameLimits,
  type FrameInfo,
  type FrameLimits,
  readFrameInfo,
  renderFrame,
} from './pixels/render-frame.js';
export type { Raster } from './pixels/square-pixels.js';
export { type DicomProblem, type DicomResult, type ProblemCode, problemSentences } from './problem.js';
export { looksLikeDicom } from './structure/file.js';
export { transferSyntaxUids } from './structure/syntaxes.js';
export { isUid } from './structure/uid.js';
