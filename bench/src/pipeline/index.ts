export { type Latency, measureLatency } from './latency.js';
export { drawPictures } from './pictures.js';
export { type BenchPlatform, type Submitter, startPlatform } from './platform.js';
export { measureThroughput } from './throughput.js';
