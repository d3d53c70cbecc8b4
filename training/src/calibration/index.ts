export { type Answered, withProbabilities } from './answered.js';
export { type ChosenCalibration, chooseCalibration } from './choose-calibration.js';
export { conformalLevels, measureCoverage } from './conformal.js';
export { chooseOperatingPoints } from './operating-points.js';
export type { ShiftedSet } from './rates-at-thresholds.js';
