import { availableParallelism } from 'node:os';
import { commandLine, refuse, showProgress } from '@lucency/command-line';
import { loadData } from '../dataset/data.js';
import { Interrupted } from '../fine-tuning/fine-tune.js';
import { watchInterruption } from '../fitting/interruption.js';
import { amendReport } from '../publication/amend.js';
import { lungsRecipe } from '../recipes/lungs.js';
import { ablate } from './ablate.js';
import { variantsOf } from './variants.js';

const usage = `npm run train -- ablation --out DIR --data DIR --other DIR --lung-masks DIR [...] --start DIR
Trains the preset lungs briefly, whole and with each of its parts left out, and puts what came of it into the report of --out.

  --out         the artefact whose report it is to stand in
  --data, --other, --lung-masks, --start  as for the training
  --images      learnt from in each training, 1600 unless given
  --side        pixels of the pictures in it, 160 unless given
  --seed, --threads

What is done is kept in ~/.cache/lucency/runs; the same command again goes on from there.
`;

/** `npm run train -- ablation ...`. */
export async function runAblationCommand(args: string[]): Promise<void> {
  const { values } = commandLine(usage, {
    args,
    options: {
      out: { type: 'string' },
      data: { type: 'string' },
      other: { type: 'string', multiple: true },
      'lung-masks': { type: 'string', multiple: true },
      start: { type: 'string' },
      images: { type: 'string', default: '1600' },
      side: { type: 'string', default: '160' },
      seed: { type: 'string', default: '1' },
      threads: { type: 'string', default: String(availableParallelism()) },
    },
  });
  const { out, data: directory, other, 'lung-masks': lungMasks = [], start } = values;
  if (!out || !directory || !other || !start)
    refuse('Give --out, --data, --other and --start; --help says more.');
  const { shares, othersShares = shares } = lungsRecipe;
  const interrupted = watchInterruption();
  const progress = showProgress(process.stderr);
  const seed = Number(values.seed);
  try {
    const others = { directories: other, shares: othersShares };
    const data = await loadData({ directory, shares, seed, others, lungMasks }, progress);
    const brief = { side: Number(values.side), images: Number(values.images) };
    const threads = Number(values.threads);
    const variants = variantsOf(lungsRecipe, data, brief);
    await amendReport(out, {
      ablation: await ablate({ variants, start, seed, threads, interrupted }, progress),
    });
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    progress.say('stopped; the same command goes on from here');
    process.exitCode = 130;
  }
}
