import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { commandLine, refuse, showProgress } from '@lucency/command-line';
import { lungsCardFile } from '@lucency/model/lungs';
import { Interrupted } from '../fine-tuning/fine-tune.js';
import { watchInterruption } from '../fitting/interruption.js';
import { lungsRecipe } from './recipe.js';
import { trainLungs } from './train-lungs.js';

const usage = `npm run train -- lungs --data DIR --masks DIR --out DIR [--resume]
Trains the network that finds the lungs.

  --data     NORMAL/ and PNEUMONIA/ in it
  --masks    NORMAL/NAME.png and PNEUMONIA/NAME.png of the same names, and drawn-by-people.json
  --out      where ${lungsCardFile} and weights.safetensors go
  --resume   go on with a run of the same data and seed
  --from     an artefact of a first round, to go on from it with --also
  --also     X-rays of another source: manifest.csv with the columns file and patient; their masks are predicted
  --epochs   ${lungsRecipe.epochs} unless given, ${lungsRecipe.second.epochs} in a second round
  --id, --seed, --threads
`;

/** `npm run train -- lungs ...`. */
export async function runLungsCommand(args: string[]): Promise<void> {
  const { values } = commandLine(usage, {
    args,
    options: {
      data: { type: 'string' },
      masks: { type: 'string' },
      out: { type: 'string' },
      id: { type: 'string', default: 'lungs-unet-1' },
      seed: { type: 'string', default: '1' },
      from: { type: 'string' },
      also: { type: 'string' },
      epochs: { type: 'string' },
      threads: { type: 'string', default: String(availableParallelism()) },
      resume: { type: 'boolean', default: false },
    },
  });
  const { data, masks, out, resume, from, also } = values;
  if (!data || !masks || !out || Boolean(from) !== Boolean(also)) {
    refuse('Give --data, --masks and --out, and --from with --also; --help says more.');
  }
  if (!resume && existsSync(join(out, lungsCardFile))) {
    refuse(`${out} already holds one. Choose another --out, or pass --resume to replace it.`);
  }
  const interrupted = watchInterruption();
  const progress = showProgress(process.stderr);
  try {
    const { dice } = await trainLungs(
      {
        data,
        masks,
        out,
        id: values.id,
        seed: Number(values.seed),
        epochs: Number(values.epochs ?? (from ? lungsRecipe.second.epochs : lungsRecipe.epochs)),
        second: from && also ? { from, also } : undefined,
        threads: Number(values.threads),
        resume,
        interrupted,
      },
      progress,
    );
    progress.say(`Dice ${dice.test.toFixed(4)} on test patients; it is in ${out}`);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    progress.say('stopped; the same command with --resume goes on from here');
    process.exitCode = 130;
  }
}
