import type { BlobStore } from '@lucency/blobs';
import { type ExplainJob, hopeless, type Region, regionWithin } from '@lucency/contracts';
import type { ImagePreparer, PreparedImage } from '@lucency/imaging';
import { fetchImage } from '@lucency/reading';
import type { ModelAtHand, Unexplained } from './explainer.js';

export interface OriginalDeps {
  blobs: Pick<BlobStore, 'read'>;
  preparer: Pick<ImagePreparer, 'prepare'>;
}

/** The image of a job, checked and decoded. */
export async function openOriginal(
  { image }: Pick<ExplainJob, 'image'>,
  { blobs, preparer }: OriginalDeps,
): Promise<PreparedImage | Unexplained> {
  const fetched = await fetchImage(blobs, image);
  if (!fetched.ok) return fetched.outcome;
  const prepared = await preparer.prepare(fetched.bytes);
  if (!prepared.ok) return hopeless('INTERNAL', 'an image that was read before can no longer be decoded');
  return prepared.value;
}

/** The model's input as it was read, and which part of the original that is. */
export async function shownToModel(
  { input, orientation, region }: PreparedImage,
  { lungs, card }: Pick<ModelAtHand, 'lungs' | 'card'>,
): Promise<{ input: Float32Array<ArrayBuffer>; region: Region }> {
  const { crop } = card.input;
  if (crop === 'none') return { input, region };
  const found = await lungs.find({ input, orientation, crop });
  return { input: found.input, region: regionWithin(region, found.shown) };
}
