export { type Entry, Journal } from './client/journal.js';
export { judge, type Verdict } from './client/verdict.js';
export { uniquePicture } from './platform/pictures.js';
