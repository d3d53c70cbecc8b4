export { foldLungs } from './folded.js';
export { buildLungsNetwork, type LungsNetwork, lungsResizing, standardized } from './network.js';
