export { type ExplainDeps, type ExplainedImage, explainImages } from './explain-images.js';
export { chooseFaithfulness, type FaithfulnessThresholds } from './faithfulness-thresholds.js';
export { type ExplanationDeps, measureExplanations } from './measure-explanations.js';
export { openRandomised, type RandomisedPart } from './randomised-models.js';
