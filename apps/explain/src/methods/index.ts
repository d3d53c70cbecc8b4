import type { Explainer } from './explainer.js';
import { gradCam } from './grad-cam/grad-cam.js';

/** Every method that this service has. */
export const explainers: readonly Explainer[] = [gradCam];
