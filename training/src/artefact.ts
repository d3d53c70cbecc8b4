import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cardFileName, drawGoldenInput, type ModelCard, modelCard } from '@lucency/model/card';
import { foldLayers, openUnchecked } from '@lucency/model/onnx';
import {
  fingerprintOf,
  headFileName,
  joinWeights,
  readSafetensors,
  type Tensors,
  type Trunk,
  weightsFileName,
  writeSafetensors,
} from '@lucency/model/weights';

/** What the card says that only the run knows; the rest is found out here. */
export type CardOfRun = Omit<ModelCard, 'fingerprints' | 'golden'>;

/** Far above the differences between processors (bytes are summed exactly), far below a wrong instruction's. */
const tolerance = { fp32: 0.01, int8: 0.05 };

/** Writes the model's directory: head, joined weights and, last, the card that vouches for them. */
export async function writeModel(
  directory: string,
  trunk: Trunk,
  head: Tensors,
  card: CardOfRun,
  threads: number,
): Promise<ModelCard> {
  const headFile = writeSafetensors(head);
  // Read back, so that the joined file holds the head as it was rounded.
  const weights = joinWeights(trunk.tensors, readSafetensors(headFile));
  const logit = await goldenLogits(readSafetensors(weights), card.int8.ranges, threads);
  const whole = modelCard.parse({
    ...card,
    fingerprints: {
      head: fingerprintOf(headFile),
      trunk: trunk.fingerprint,
      weights: fingerprintOf(weights),
    },
    golden: { input: 'drawn-chest-1', logit, tolerance },
  });
  await mkdir(directory, { recursive: true });
  await replaceFile(join(directory, headFileName), headFile);
  await replaceFile(join(directory, weightsFileName), weights);
  await replaceFile(join(directory, cardFileName), `${JSON.stringify(whole, null, 2)}\n`);
  return whole;
}

async function goldenLogits(weights: Tensors, ranges: ModelCard['int8']['ranges'], threads: number) {
  const layers = foldLayers(weights);
  const answer = async (precision: 'fp32' | 'int8') => {
    const runner = await openUnchecked(layers, ranges, threads, precision);
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
