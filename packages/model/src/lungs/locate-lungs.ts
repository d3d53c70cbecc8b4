import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { modelsDirectory } from '../card/locate-model.js';
import { lungsCardFile } from './card.js';

export interface LungsEnvironment {
  readonly LUCENCY_MODEL_DIR?: string | undefined;
  readonly LUCENCY_LUNGS_DIR?: string | undefined;
}

/**
 * The directory of the segmenter in use: LUCENCY_LUNGS_DIR, else `lungs/` within the model in use, as images hold both, else
 * the only one in the repository's `models/`. Throws with what to do when there is none or more than one.
 */
export async function locateLungs(environment: LungsEnvironment = process.env): Promise<string> {
  const named = environment.LUCENCY_LUNGS_DIR;
  if (named) {
    if (!existsSync(join(named, lungsCardFile)))
      throw new Error(`LUCENCY_LUNGS_DIR names ${named}, which holds no ${lungsCardFile}`);
    return resolve(named);
  }
  const [inUse] = (environment.LUCENCY_MODEL_DIR ?? '').split(delimiter);
  const within = join(inUse ?? '', 'lungs');
  if (inUse && existsSync(join(within, lungsCardFile))) return resolve(within);
  const models = modelsDirectory();
  const entries = existsSync(models) ? await readdir(models) : [];
  const found = entries.filter((entry) => existsSync(join(models, entry, lungsCardFile)));
  const [only] = found;
  if (only && found.length === 1) return join(models, only);
  throw new Error(
    found.length === 0
      ? 'models/ holds nothing that finds lungs: train it with `npm run train -- lungs`, or set LUCENCY_LUNGS_DIR'
      : `models/ holds ${found.join(', ')}: choose one with LUCENCY_LUNGS_DIR`,
  );
}
