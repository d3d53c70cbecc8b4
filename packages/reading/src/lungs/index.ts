export { type LungRefusal, looksFrontal, refusalOf } from './assess.js';
export { type Crop, createLungFinder, type LungAnswer, type LungFinder } from './finder.js';
export { type FoundLungs, findLungs } from './found.js';
