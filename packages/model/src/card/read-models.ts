import { basename } from 'node:path';
import { locateModels, type ModelEnvironment } from './locate-model.js';
import { type ModelCard, readModelCard } from './model-card.js';

/** A model on disk. */
export interface InstalledModel {
  readonly directory: string;
  readonly card: ModelCard;
}

/**
 * Every model that a service is given, the one in use first. Throws when two have the same id, or when the directory of a
 * further one is not called by its id: scalers know only the directory, and ask for a consumer of that name.
 */
export async function readModels(
  environment: ModelEnvironment,
): Promise<[InstalledModel, ...InstalledModel[]]> {
  const [first, ...others] = await locateModels(environment);
  const inUse = await readModel(first);
  const further = await Promise.all(others.map(readModel));
  const ids = new Set([inUse.card.id]);
  for (const { directory, card } of further) {
    if (ids.has(card.id)) throw new Error(`LUCENCY_MODEL_DIR names the model ${card.id} twice`);
    if (basename(directory) !== card.id) {
      throw new Error(
        `LUCENCY_MODEL_DIR names ${directory}, whose model is ${card.id}: call the directory that`,
      );
    }
    ids.add(card.id);
  }
  return [inUse, ...further];
}

async function readModel(directory: string): Promise<InstalledModel> {
  return { directory, card: await readModelCard(directory) };
}
