import type { ImagePreparer, PreparedImage } from '@lucency/imaging';
import { type Region, regionWithin } from '@lucency/messaging';
import type { Engine, ModelCard } from '@lucency/model/card';
import type { LungFinder } from '@lucency/reading/lungs';

export interface EvidenceReader {
  preparer: Pick<ImagePreparer, 'prepare'>;
  lungs: Pick<LungFinder, 'find'>;
  card: Pick<ModelCard, 'input'>;
  engine: () => Promise<Engine>;
}

export interface Evidence {
  modelId: string;
  /** [7, 7] signed, row-major. */
  evidence: number[];
  region: Region;
  /** Pixels of the original. */
  width: number;
  height: number;
}

/**
 * Runs the network itself, for readings without evidence.
 * @returns null when the image cannot be decoded.
 */
export async function evidenceOfImage(
  bytes: Uint8Array,
  { preparer, engine, ...looking }: EvidenceReader,
): Promise<Evidence | null> {
  const prepared = await preparer.prepare(bytes);
  if (!prepared.ok) return null;
  const loaded = await engine();
  const { width, height } = prepared.value;
  const { input, region } = await shownToModel(prepared.value, looking);
  const { evidence } = await loaded.classify(input);
  return { modelId: loaded.modelId, evidence: Array.from(evidence), region, width, height };
}

/** The model's input as it was read, and which part of the original that is. */
export async function shownToModel(
  { input, orientation, region }: PreparedImage,
  { lungs, card }: Pick<EvidenceReader, 'lungs' | 'card'>,
): Promise<{ input: Float32Array<ArrayBuffer>; region: Region }> {
  const { crop } = card.input;
  if (crop === 'none') return { input, region };
  const found = await lungs.find({ input, orientation, crop });
  return { input: found.input, region: regionWithin(region, found.shown) };
}
