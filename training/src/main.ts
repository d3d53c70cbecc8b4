import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cardFileName } from '@lucency/model/card';
import { showProgress } from './progress.js';
import { train } from './train.js';

const usage = `npm run train -- --data DIR --out DIR [--id NAME] [--seed N] [--passes N] [--threads N] [--resume]

  --data     NORMAL/ and PNEUMONIA/ in it, or train/, val/ and test/ with them
  --out      where model.json, head.safetensors, weights.safetensors and report/ go
  --passes   disturbed copies of every training image (3)
  --resume   go on with, or repeat, a run that already wrote to --out; features are kept in ~/.cache/lucency
`;

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    out: { type: 'string' },
    id: { type: 'string', default: 'lucency-resnet50-head-1' },
    seed: { type: 'string', default: '1' },
    passes: { type: 'string', default: '3' },
    threads: { type: 'string', default: String(availableParallelism()) },
    resume: { type: 'boolean', default: false },
  },
});

if (!values.data || !values.out) {
  process.stderr.write(usage);
  process.exit(2);
}
if (!values.resume && existsSync(join(values.out, cardFileName))) {
  process.stderr.write(
    `${values.out} already holds a model. Choose another --out, or pass --resume to replace it.\n`,
  );
  process.exit(2);
}

const progress = showProgress(process.stderr);
const card = await train(
  {
    data: values.data,
    out: values.out,
    id: values.id,
    seed: Number(values.seed),
    augmentedPasses: Number(values.passes),
    threads: Number(values.threads),
  },
  progress,
);
console.table(Object.fromEntries(card.training.measured.map(({ name, ...figures }) => [name, figures])));
progress.say(`threshold ${card.threshold}; the model is in ${values.out}`);
