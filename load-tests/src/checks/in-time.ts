import type { Check } from '../evidence/evidence.ts';
import { recordedInTime } from './service-levels.ts';

/** STAT is read in time, whatever else waits. */
export const urgentInTime: Check = (evidence) =>
  recordedInTime(evidence).filter(({ what }) => what.startsWith('STAT'));

/** What was admitted is read in time; what cannot be is answered with BUSY at the door. */
export const admittedInTime: Check = (evidence) =>
  recordedInTime(evidence).filter(({ what }) => what.startsWith('routine'));
