import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { commandLine, refuse, showProgress } from '@lucency/command-line';
import { cardFileName } from '@lucency/model/card';
import { runAblationCommand } from './ablation/command.js';
import { Interrupted } from './fine-tuning/fine-tune.js';
import { watchInterruption } from './fitting/interruption.js';
import { runGateCommand } from './gate/command.js';
import { runLungsCommand } from './lungs/command.js';
import { runAmendCommand } from './publication/amend-command.js';
import { recipes } from './recipes/index.js';
import { train } from './train.js';

const usage = `npm run train -- --data DIR --out DIR [--preset robust|lungs|lungs-refined|source] [--resume]
npm run train -- lungs --data DIR --masks DIR --out DIR  trains the network that finds the lungs
npm run train -- ablation --out DIR [...]             trains briefly with each part of the recipe left out
npm run train -- amend --out DIR [...]                measures or places parts of a report again
npm run train -- gate --data DIR [--out DIR]          measures the gate around the model; with --fit FILE fits it first

  --data       NORMAL/ and PNEUMONIA/ in it, or train/, val/ and test/ with them
  --out        where model.json, weights.safetensors and report/ go
  --preset     robust: whole pictures of one hospital; lungs: crops of the lungs, several hospitals;
               lungs-refined: its second round, begun with what the first trained (--start): the one that ships;
               source: the source project's
  --other      a folder with manifest.csv (file, patient, and label or radiologist and text_mined) and its images, for
               preset lungs; may be given several times
  --lung-masks a folder of masks, NAME.png or CLASS/NAME.png, white in the lungs, for preset lungs; may be given several
               times. Where nobody drew them, the network that serves finds the lungs
  --resume     go on with a run of the same preset, data and seed, or repeat its last steps
  --start      a model's directory: fine-tuning begins with its weights instead of ImageNet's and a new head. Of the same
               --data and --seed only: another split would learn from patients that this one tests
  --leave-out  begin of the names of a series of normals that a second, shorter training leaves out, to be judged
               on it (NORMAL2- is the Kermany data set's); takes about half as long again
  --leave-out-others  a second, shorter training leaves every --other out, to be judged there: what to expect of a hospital
               that the model has never seen
  --left-out-start  what that training begins with, instead of --start, which must not have learnt from what is left out
  --full-size  full-size originals, NORMAL/ and PNEUMONIA/, of images in --data, to be compared with them
  --before     a model's directory, to be measured on the same test pictures, the lungs and marked opacities included
  --beside     an artefact of another preset, whose figures then stand beside these in the report
  --interpolation  judges this share of the fine-tuned weights alone, of the picture as it is: to repeat the last steps
               of a run without repeating its choice
  --figures-only  measures neither heatmaps nor slow engines
  --gate       gate.json of "npm run train -- gate", to stand in the report
  --id, --seed, --threads

What is done is kept in ~/.cache/lucency/runs: Ctrl-C and kills lose two minutes at most.
`;

if (process.argv[2] === 'gate') {
  await runGateCommand(process.argv.slice(3));
  process.exit(0);
}
if (process.argv[2] === 'lungs') {
  await runLungsCommand(process.argv.slice(3));
  process.exit();
}
if (process.argv[2] === 'ablation') {
  await runAblationCommand(process.argv.slice(3));
  process.exit();
}
if (process.argv[2] === 'amend') {
  await runAmendCommand(process.argv.slice(3));
  process.exit(0);
}
const { values } = commandLine(usage, {
  options: {
    data: { type: 'string' },
    other: { type: 'string', multiple: true },
    'lung-masks': { type: 'string', multiple: true },
    out: { type: 'string' },
    preset: { type: 'string', default: 'robust' },
    id: { type: 'string' },
    seed: { type: 'string', default: '1' },
    threads: { type: 'string', default: String(availableParallelism()) },
    start: { type: 'string' },
    resume: { type: 'boolean', default: false },
    'leave-out': { type: 'string' },
    'leave-out-others': { type: 'boolean', default: false },
    'left-out-start': { type: 'string' },
    'full-size': { type: 'string' },
    before: { type: 'string' },
    beside: { type: 'string' },
    'figures-only': { type: 'boolean', default: false },
    gate: { type: 'string' },
    interpolation: { type: 'string' },
  },
});
const preset = recipes.find(({ name }) => name === values.preset);
const recipe =
  preset && values.interpolation !== undefined
    ? { ...preset, interpolations: [Number(values.interpolation)], views: ['one'] as const }
    : preset;

if (!values.data || !values.out) refuse('Give --data and --out; --help says more.');
if (!recipe)
  refuse(`There is no preset ${values.preset}: choose ${recipes.map(({ name }) => name).join(' or ')}.`);
if (!values.resume && existsSync(join(values.out, cardFileName)))
  refuse(`${values.out} already holds a model. Choose another --out, or pass --resume to replace it.`);

const series = values['leave-out'];
if (series && values['leave-out-others']) refuse('Leave one thing out at a time.');
const leaveOut = values['leave-out-others'] ? ('other sources' as const) : series ? { series } : undefined;

const interrupted = watchInterruption();
const progress = showProgress(process.stderr);
try {
  const { threshold } = await train(
    {
      recipe,
      data: values.data,
      ...(values.other ? { others: values.other } : {}),
      ...(values['lung-masks'] ? { lungMasks: values['lung-masks'] } : {}),
      out: values.out,
      id: values.id ?? `lucency-resnet50-${recipe.name}-1`,
      seed: Number(values.seed),
      threads: Number(values.threads),
      start: values.start,
      resume: values.resume,
      leaveOut,
      leftOutStart: values['left-out-start'],
      fullSize: values['full-size'],
      before: values.before,
      beside: values.beside,
      figuresOnly: values['figures-only'],
      gate: values.gate,
      interrupted,
    },
    progress,
  );
  progress.say(`threshold ${threshold}: see ${join(values.out, 'report/MODEL_CARD.md')}`);
} catch (error) {
  if (!(error instanceof Interrupted)) throw error;
  progress.say('stopped; the same command with --resume goes on from here');
  process.exitCode = 130;
}
