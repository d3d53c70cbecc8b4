import { atSite, type OperatingPointFile, readOperatingPoint } from '@lucency/evaluation';
import { createImagePreparer } from '@lucency/imaging';
import { type EngineName, locateModel, type ModelCard, readModelCard } from '@lucency/model/card';
import { type ImageReader, openEngine } from '@lucency/reading';
import { createLungFinder } from '@lucency/reading/lungs';
import { engineDevice } from './engine-option.js';
import { fromHere } from './paths.js';
import { InputError } from './usage.js';

export interface OpenReader extends ImageReader {
  card: ModelCard;
  /** The site's, in place of the card's own threshold and calibration. */
  operatingPoint: OperatingPointFile | undefined;
  close(): Promise<void>;
}

/**
 * The parts of the inference service, without its servers.
 * @param pointFile an operating point as it was typed. @throws InputError where it is none of this model.
 */
export async function openReader(name: EngineName, pointFile?: string): Promise<OpenReader> {
  const modelDir = await locateModel();
  const own = await readModelCard(modelDir);
  const operatingPoint =
    pointFile === undefined
      ? undefined
      : await readOperatingPoint(fromHere(pointFile), own.id).catch((error: Error) => {
          throw new InputError(error.message);
        });
  const card = operatingPoint ? atSite(own, operatingPoint) : own;
  const engine = await openEngine({ name, modelDir, device: engineDevice(process.env.ENGINE_DEVICE) });
  const preparer = createImagePreparer();
  const lungs = await createLungFinder();
  return {
    card,
    operatingPoint,
    engine,
    preparer,
    lungs,
    close: async () => {
      await Promise.all([preparer.close(), lungs.close(), engine.close()]);
    },
  };
}
