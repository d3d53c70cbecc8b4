export { bootstrapIntervals, countPatients, quantile, type Resampling } from './bootstrap.js';
export { correlation } from './correlation.js';
export { exactInterval, exactLowerBound, mostFailures } from './exact-binomial.js';
export { between, normal, type Random, seededRandom, seedOf, shuffle } from './random.js';
export { upperBound } from './upper-bound.js';
