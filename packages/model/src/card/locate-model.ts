import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cardFileName } from './model-card.js';

export interface ModelEnvironment {
  /** Directories of models, separated as in PATH; the first is the model in use. */
  readonly LUCENCY_MODEL_DIR?: string | undefined;
}

/** The directory of the model in use. Throws as `locateModels` does. */
export async function locateModel(environment: ModelEnvironment = process.env): Promise<string> {
  const [inUse] = await locateModels(environment);
  return inUse;
}

/**
 * The directories of the models that LUCENCY_MODEL_DIR names, the one in use first; else of the only model in the
 * repository's `models/`. Throws with what to do when there is none or more than one.
 */
export async function locateModels(
  environment: ModelEnvironment = process.env,
): Promise<[string, ...string[]]> {
  const [first, ...further] = (environment.LUCENCY_MODEL_DIR ?? '').split(delimiter).filter(Boolean);
  return first ? [namedModel(first), ...further.map(namedModel)] : [await onlyModel()];
}

function namedModel(directory: string): string {
  if (existsSync(join(directory, cardFileName))) return resolve(directory);
  throw new Error(`LUCENCY_MODEL_DIR names ${directory}, which holds no ${cardFileName}`);
}

async function onlyModel(): Promise<string> {
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
