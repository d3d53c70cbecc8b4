import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cardFileName, drawGoldenInput, type ModelCard, modelCard } from '@lucency/model/card';
import { foldLayers, openUnchecked, withViews } from '@lucency/model/onnx';
import {
  fingerprintOf,
  readSafetensors,
  type Tensors,
  weightsFileName,
  writeSafetensors,
} from '@lucency/model/weights';

/** What the card says that only the run knows; the rest is found out here. */
export type CardOfRun = Omit<ModelCard, 'fingerprints' | 'golden'>;

/** Far above the differences between processors (bytes are summed exactly), far below a wrong instruction's. */
const tolerance = { fp32: 0.01, int8: 0.05 };

/** Writes the model's directory: the weights and, last, the card that vouches for them. */
export async function writeModel(
  directory: string,
  tensors: Tensors,
  card: CardOfRun,
  threads: number,
): Promise<ModelCard> {
  const weights = writeSafetensors(tensors);
  const logit = await goldenLogits(readSafetensors(weights), card, threads);
  const whole = modelCard.parse({
    ...card,
    fingerprints: { weights: fingerprintOf(weights) },
    golden: { input: 'drawn-chest-1', logit, tolerance },
  });
  await mkdir(directory, { recursive: true });
  await replaceFile(join(directory, weightsFileName), weights);
  await replaceFile(join(directory, cardFileName), `${JSON.stringify(whole, null, 2)}\n`);
  return whole;
}

/** Adds what could only be found out with the model written. */
export async function amendCard(
  directory: string,
  card: ModelCard,
  more: Pick<ModelCard, 'faithfulness' | 'typicality'>,
): Promise<ModelCard> {
  const whole = modelCard.parse({ ...card, ...more });
  await replaceFile(join(directory, cardFileName), `${JSON.stringify(whole, null, 2)}\n`);
  return whole;
}

async function goldenLogits(weights: Tensors, card: CardOfRun, threads: number) {
  const layers = foldLayers(weights);
  const answer = async (precision: 'fp32' | 'int8') => {
    const runner = withViews(await openUnchecked(layers, card.int8.ranges, threads, precision), card.views);
    const { logits } = await runner.run([drawGoldenInput()]);
    await runner.close();
    return logits[0] ?? Number.NaN;
  };
  return { fp32: await answer('fp32'), int8: await answer('int8') };
}

async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  await writeFile(`${path}.new`, content);
  await rename(`${path}.new`, path);
}
