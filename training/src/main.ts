import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { loadData } from './dataset/data.js';
import { fit } from './fit.js';
import { showProgress } from './progress.js';
import { robustRecipe } from './recipes/robust.js';
import { sourceRecipe } from './recipes/source.js';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    preset: { type: 'string', default: 'robust' },
    seed: { type: 'string', default: '1' },
    threads: { type: 'string', default: String(availableParallelism()) },
    resume: { type: 'boolean', default: false },
    'leave-out': { type: 'string' },
    side: { type: 'string' },
    epochs: { type: 'string' },
  },
});
const preset = values.preset === 'source' ? sourceRecipe : robustRecipe;
const recipe = {
  ...preset,
  fineTuning: {
    ...preset.fineTuning,
    side: Number(values.side ?? preset.fineTuning.side),
    epochs: Number(values.epochs ?? preset.fineTuning.epochs),
  },
};
let interrupted = false;
process.once('SIGINT', () => {
  interrupted = true;
});
const progress = showProgress(process.stderr);
const data = await loadData(
  {
    directory: values.data ?? '',
    shares: recipe.shares,
    seed: Number(values.seed),
    leaveOut: values['leave-out'],
  },
  progress,
);
progress.say(JSON.stringify(data.counts));
await fit(
  {
    recipe,
    data,
    seed: Number(values.seed),
    threads: Number(values.threads),
    resume: values.resume,
    interrupted: () => interrupted,
  },
  progress,
);
