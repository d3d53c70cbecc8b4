export { colorMapName, type HeatmapLegend, heatmapLegend } from './color-map.js';
export { inputKernel, inputSide } from './decode.js';
export { DecoderPool, type DecoderPoolOptions, HeavyLaneFull } from './decoding/decoder-pool.js';
export { Places } from './decoding/places.js';
export { createImagePreparer, type ImagePreparer } from './decoding/preparer.js';
export { type Ask, type Faithfulness, measureFaithfulness } from './faithfulness/insertion-deletion.js';
export type { Orientation } from './gate/pose.js';
export { defaultLimits, type ImageHeader, type ImageLimits, readHeader } from './header.js';
export { enlarge, type Heatmap, peakOf, renderHeatmap } from './heatmap.js';
export type { QualityMeasures } from './measures.js';
export { type PictureMediaType, sniffMediaType } from './media-type.js';
export { openAnyPicture } from './open-picture.js';
export type { Prepared } from './outcome.js';
export { type Picture, readPicture } from './picture.js';
export { picturesIn } from './pictures-in.js';
export { type PreparedImage, prepareImage } from './prepare.js';
export { assessQuality, type Quality } from './quality.js';
export { drawPhantom, type PhantomOptions } from './samples/draw-phantom.js';
export {
  drawRefusedSample,
  type RefusedSample,
  type RefusedSampleOptions,
} from './samples/draw-refused-sample.js';
export { withJpegComment } from './samples/jpeg-comment.js';
export { reencodeForViewing, type ViewingCopy } from './viewing.js';
