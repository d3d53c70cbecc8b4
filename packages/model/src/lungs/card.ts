import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { lungsArchitecture } from './architecture.js';

const share = z.number().min(0).max(1);

/**
 * What lungs must look like for a picture to be read as a frontal chest X-ray, by the names of `LungMeasures`; chosen
 * by the run that measures the gate.
 */
export const lungRule = z.object({
  leastArea: share,
  mostArea: share,
  /** Of the area found, what the two largest parts must hold. */
  leastInTwo: share,
  /** Mean probability inside, edges left out. */
  leastConfidence: share,
  /** Mean probability in the less sure lung. */
  leastWeaker: share,
  /** Height over width of the broader lung. */
  leastSlimness: z.number().nonnegative(),
  /** Smaller over larger lung. */
  leastRatio: share,
  /** Between the centres, of the picture's side. */
  leastApart: share,
  mostHeightBetween: share,
  /** Height of the lower lung over that of the higher. */
  leastHeightRatio: share,
});
export type LungRule = z.infer<typeof lungRule>;

const parts = z.object({ train: z.int(), validation: z.int(), test: z.int() });

export const lungsCard = z.object({
  version: z.literal(1),
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/),
  architecture: z.literal(lungsArchitecture),
  createdAt: z.iso.datetime(),
  trainedOn: z.object({
    name: z.string(),
    source: z.string(),
    licence: z.string(),
    population: z.string(),
    /** Pictures whose masks people drew, and those with predicted masks. */
    drawn: parts,
    predicted: parts,
  }),
  training: z.object({ seed: z.int(), steps: z.int(), batchSize: z.int(), rate: z.number() }),
  /** Mean Dice coefficient on pictures of patients never trained on whose masks people drew. */
  dice: z.object({ validation: share, test: share }),
  rule: lungRule,
  fingerprints: z.object({ weights: z.string().regex(/^[0-9a-f]{64}$/) }),
  limits: z.array(z.string()),
});
export type LungsCard = z.infer<typeof lungsCard>;

export const lungsCardFile = 'lungs.json';

/** Reads `lungs.json` of a segmenter's directory. Throws with every fault named when it is not a card. */
export async function readLungsCard(directory: string): Promise<LungsCard> {
  const parsed = lungsCard.safeParse(JSON.parse(await readFile(join(directory, lungsCardFile), 'utf8')));
  if (parsed.success) return parsed.data;
  throw new Error(`${basename(directory)}/${lungsCardFile}: ${z.prettifyError(parsed.error)}`);
}
