import { createImagePreparer } from '@lucency/imaging';
import { type EngineName, locateModel, type ModelCard, readModelCard } from '@lucency/model/card';
import { type ImageReader, openEngine } from '@lucency/reading';
import { createLungFinder } from '@lucency/reading/lungs';
import { engineDevice } from './engine-option.js';

export interface OpenReader extends ImageReader {
  card: ModelCard;
  close(): Promise<void>;
}

/** The parts of the inference service, without its servers. */
export async function openReader(name: EngineName): Promise<OpenReader> {
  const modelDir = await locateModel();
  const card = await readModelCard(modelDir);
  const engine = await openEngine({ name, modelDir, device: engineDevice(process.env.ENGINE_DEVICE) });
  const preparer = createImagePreparer();
  const lungs = await createLungFinder();
  return {
    card,
    engine,
    preparer,
    lungs,
    close: async () => {
      await Promise.all([preparer.close(), lungs.close(), engine.close()]);
    },
  };
}
