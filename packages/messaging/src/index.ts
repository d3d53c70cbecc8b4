export { type ChangeAnnouncement, changeAnnouncement } from './changes.js';
export * from './jobs.js';
export { type ImageMediaType, imageMediaTypes } from './media-types.js';
export { type Hopeless, hopeless, type JobOutcome, type Later, later } from './outcome.js';
export * from './reasons.js';
export * from './region.js';
export * from './results.js';
export { consumers, streams, subjects } from './subjects.js';
export { type EndedJob, type JobWatch, type SeenJob, unwatched } from './watch.js';
