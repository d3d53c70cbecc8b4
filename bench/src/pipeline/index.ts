export { type Latency, measureLatency } from './latency.js';
export { drawPictures } from './pictures.js';
export { type BenchPlatform, startPlatform } from './platform.js';
export { measureThroughput } from './throughput.js';
