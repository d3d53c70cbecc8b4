import { availableParallelism } from 'node:os';
import { createImagePreparer, renderHeatmap } from '@lucency/imaging';
import { locateModel, readModelCard, strongEvidence } from '@lucency/model/card';
import { createOnnxEngine } from '@lucency/model/onnx';
import { createLungFinder } from '@lucency/reading/lungs';

export interface BareLoop {
  engine: string;
  /** Images a second with all cores busy. */
  perSecond: number;
  /** Milliseconds of one image alone: decoded, read and its heatmap drawn. */
  aloneMs: number;
  /** Of them, to find the lungs. */
  lungsMs: number;
}

const inFlight = 16;
const aloneRounds = 10;

/**
 * The floor: decode + int8 + Grad-CAM + PNG on the cores of this machine with nothing around it. The same code
 * as the services', without database, messages, HTTP and processes.
 */
export async function measureBareLoop(pictures: Uint8Array[]): Promise<BareLoop> {
  const threads = Math.max(1, availableParallelism() - 1);
  const modelDir = await locateModel();
  const { calibration, input: wanted } = await readModelCard(modelDir);
  const strong = strongEvidence(calibration);
  const engine = await createOnnxEngine({ modelDir, precision: 'int8', threads });
  const preparer = createImagePreparer({ processes: threads });
  const lungs = await createLungFinder();
  const lungsMs: number[] = [];
  const readOne = async (bytes: Uint8Array) => {
    const prepared = await preparer.prepare(bytes);
    if (!prepared.ok) throw new Error(`a drawn chest was refused: ${prepared.reason}`);
    const { input: whole, orientation } = prepared.value;
    const looked = performance.now();
    const { input } = await lungs.find({ input: whole, orientation, crop: wanted.crop });
    lungsMs.push(performance.now() - looked);
    const { evidence } = await engine.classify(input);
    await renderHeatmap(Array.from(evidence), { strong });
  };
  try {
    const [warmUp = new Uint8Array()] = pictures;
    for (let round = 0; round < 3; round += 1) await readOne(warmUp);

    lungsMs.length = 0;
    const aloneStarted = performance.now();
    for (let round = 0; round < aloneRounds; round += 1) await readOne(warmUp);
    const aloneMs = (performance.now() - aloneStarted) / aloneRounds;
    const lungsAloneMs = lungsMs.reduce((sum, ms) => sum + ms, 0) / aloneRounds;

    const queue = [...pictures];
    const started = performance.now();
    await Promise.all(
      Array.from({ length: inFlight }, async () => {
        for (let bytes = queue.pop(); bytes; bytes = queue.pop()) await readOne(bytes);
      }),
    );
    const perSecond = (pictures.length / (performance.now() - started)) * 1000;
    return { engine: engine.name, perSecond, aloneMs, lungsMs: lungsAloneMs };
  } finally {
    await Promise.all([engine.close(), lungs.close(), preparer.close()]);
  }
}
