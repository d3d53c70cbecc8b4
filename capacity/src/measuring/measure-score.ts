import { measureFaithfulness } from '@lucency/imaging';
import { createOnnxEngine } from '@lucency/model/onnx';
import { computed, spreadOf } from './spread.js';

const rounds = 12;

/** Milliseconds of one score, with the one thread that explain gives its engine; and an evidence map to draw. */
export async function measureScore(modelDir: string, input: Float32Array) {
  const engine = await createOnnxEngine({ modelDir, precision: 'int8', threads: 1 });
  try {
    const { evidence } = await engine.classify(input.slice());
    const score = await computed(rounds, () =>
      measureFaithfulness(input, evidence, async (inputs) => {
        const answers = await Promise.all(inputs.map((one) => engine.classify(one)));
        return answers.map(({ logit }) => logit);
      }),
    );
    return {
      evidence: Array.from(evidence),
      score: spreadOf(score),
      engine: engine.name,
      modelId: engine.modelId,
    };
  } finally {
    await engine.close();
  }
}
