import type { ImagePreparer } from '@lucency/imaging';
import type { Region } from '@lucency/messaging';
import type { Engine } from '@lucency/model/card';

export interface EvidenceReader {
  preparer: Pick<ImagePreparer, 'prepare'>;
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
  { preparer, engine }: EvidenceReader,
): Promise<Evidence | null> {
  const prepared = await preparer.prepare(bytes);
  if (!prepared.ok) return null;
  const loaded = await engine();
  const { input, region, width, height } = prepared.value;
  const { evidence } = await loaded.classify(input);
  return { modelId: loaded.modelId, evidence: Array.from(evidence), region, width, height };
}
