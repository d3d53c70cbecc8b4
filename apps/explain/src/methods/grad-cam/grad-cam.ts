import type { Explainer } from '../explainer.js';
import { shownToModel } from '../original.js';

/**
 * Grad-CAM (Selvaraju et al. 2017). With a head of global average pooling its weights follow from the head, so that every
 * reading brings the map along; for one that did not, the network runs again.
 */
export const gradCam: Explainer = {
  method: 'grad-cam',
  async explain({ reading, original }, model) {
    if (reading) return reading;
    const image = await original();
    if ('outcome' in image) return image;
    const engine = await model.engine();
    const { input, region } = await shownToModel(image, model);
    const { evidence } = await engine.classify(input);
    const { width, height } = image;
    return { modelId: engine.modelId, evidence: Array.from(evidence), region, width, height };
  },
};
