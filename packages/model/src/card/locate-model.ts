import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cardFileName } from './model-card.js';

/**
 * The directory of the model in use: LUCENCY_MODEL_DIR, else the only model in the repository's `models/`.
 * Throws with what to do when there is none or more than one.
 */
export async function locateModel(environment: NodeJS.ProcessEnv = process.env): Promise<string> {
  const named = environment.LUCENCY_MODEL_DIR;
  if (named) {
    if (!existsSync(join(named, cardFileName)))
      throw new Error(`LUCENCY_MODEL_DIR names ${named}, which holds no ${cardFileName}`);
    return resolve(named);
  }
  const models = modelsDirectory();
  const entries = existsSync(models) ? await readdir(models) : [];
  const found = entries.filter((entry) => existsSync(join(models, entry, cardFileName)));
  const [only] = found;
  if (only && found.length === 1) return join(models, only);
  throw new Error(
    found.length === 0
      ? 'models/ holds no model: train one with `npm run train`, or set LUCENCY_MODEL_DIR'
      : `models/ holds ${found.join(', ')}: choose one with LUCENCY_MODEL_DIR`,
  );
}

/** `models/` at the root of the workspace, found upwards from this file (src or dist). */
export function modelsDirectory(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'turbo.json'))) {
    const above = dirname(folder);
    if (above === folder) return resolve('models');
    folder = above;
  }
  return join(folder, 'models');
}
