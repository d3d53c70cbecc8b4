import { drawGoldenInput } from '@lucency/model/card';
import { isNativeBuilt, startNativeBackend } from '@lucency/model/native';
import { openFrozenTrunk, openUnchecked } from '@lucency/model/onnx';
import { foldLayers, readPackagedTrunk, type Tensors } from '@lucency/model/weights';
import { seededRandom } from '@lucency/statistics';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { Head } from './head.js';
import { TrainableNetwork } from './trainable-network.js';

const chest = drawGoldenInput();
const shades = chest.filter((_, at) => at % 3 === 0);

async function served(tensors: Tensors): Promise<number> {
  const runner = await openUnchecked(foldLayers(tensors), {}, 1, 'fp32');
  const { logits } = await runner.run([chest.slice()]);
  await runner.close();
  return logits[0] ?? Number.NaN;
}

describe.skipIf(!isNativeBuilt('cpu'))('the network in training (needs npm run native)', () => {
  it('says what the served graph says, before and after its weights moved', async () => {
    await startNativeBackend('cpu', 1);
    const { tensors: trunk } = await readPackagedTrunk();
    const untrained = new Map([...trunk, ...Head.untrained(seededRandom(4)).tensors()]);
    const network = new TrainableNetwork(untrained, 'res4a');
    const said = () => network.answers(shades, 1, 224).dataSync()[0] ?? Number.NaN;
    expect(said()).toBeCloseTo(await served(untrained), 3);
    const frozen = await openFrozenTrunk(untrained, { below: 'res4a', side: 224, threads: 1 });
    const { values, shape } = await frozen.run(chest.slice(), 1);
    await frozen.close();
    const logit = network.logits(tf.tensor4d(values, [1, 28, 28, 512])).dataSync()[0];
    expect(shape).toEqual([1, 28, 28, 512]);
    expect(logit).toBeCloseTo(said(), 3);

    for (const [name, variable] of network.named())
      if (name.startsWith('res5c')) tf.tidy(() => variable.assign(variable.mul(1.02).add(1e-4)));
    const moved = said();
    expect(Math.abs(moved - (await served(untrained)))).toBeGreaterThan(0.05);
    expect(moved).toBeCloseTo(await served(network.tensors()), 3);
    network.dispose();
  }, 60_000);

  it('trains from the block that it was told, and leaves everything below alone', async () => {
    await startNativeBackend('cpu', 1);
    const { tensors: trunk } = await readPackagedTrunk();
    const network = new TrainableNetwork(
      new Map([...trunk, ...Head.untrained(seededRandom(4)).tensors()]),
      'res5c',
    );
    const names = [...network.named().keys()];
    expect(names.filter((name) => name.startsWith('res5c'))).toHaveLength(6);
    expect(names.filter((name) => name.startsWith('res'))).toHaveLength(6);
    const { grads } = tf.variableGrads(
      () => network.answers(shades, 1, 224).sum().asScalar(),
      network.variables,
    );
    for (const variable of network.variables)
      expect(grads[variable.name]?.abs().sum().dataSync()[0]).toBeGreaterThan(0);
    network.dispose();
  }, 60_000);
});
