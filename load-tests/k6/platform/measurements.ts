import { Counter, Rate, Trend } from 'k6/metrics';
import { metric } from '../../src/slo.ts';

const isTime = true;

export const uploadAcknowledged = new Trend(metric.uploadAcknowledged, isTime);
export const statResult = new Trend(metric.statResult, isTime);
export const routineResult = new Trend(metric.routineResult, isTime);
export const worklistShown = new Trend(metric.worklistShown, isTime);
export const subscribed = new Trend(metric.subscribed, isTime);
export const imageShown = new Trend(metric.imageShown, isTime);
export const errors = new Rate(metric.errors);
export const turnedAway = new Counter(metric.turnedAway);
