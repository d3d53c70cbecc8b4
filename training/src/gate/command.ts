import { commandLine, refuse, showProgress } from '@lucency/command-line';
import { runGate } from './run-gate.js';

const usage = `npm run train -- gate --data DIR --not-chest DIR [--also NAME=DIR ...] [--lungs DIR] [--out DIR] [--most N] [--fit]
Measures what the gate refuses, and writes gate.json.

  --data       chests: NORMAL/ and PNEUMONIA/; those are taken that the segmenter was not trained on
  --also       chests of another source: manifest.csv with the columns file and patient, and a name for it
  --not-chest  a folder for each kind of pictures that must be refused
  --lungs      the segmenter's directory; the one in use unless given
  --most       of each source or kind, at most so many, evenly over their order
  --fit        writes the rule chosen on all of them into the segmenter's card
  --seed       of the folds, and of the split that the segmenter was trained with
`;

/** `npm run train -- gate ...`. */
export async function runGateCommand(args: string[]): Promise<void> {
  const { values } = commandLine(usage, {
    args,
    options: {
      data: { type: 'string' },
      'not-chest': { type: 'string' },
      also: { type: 'string', multiple: true, default: [] },
      lungs: { type: 'string' },
      out: { type: 'string', default: '.' },
      fit: { type: 'boolean', default: false },
      most: { type: 'string', default: '100000' },
      seed: { type: 'string', default: '1' },
    },
  });
  if (!values.data || !values['not-chest']) refuse('Give --data and --not-chest; --help says more.');
  const also = values.also.map((given) => {
    const [name = '', directory = ''] = given.split('=');
    return { name, directory };
  });
  await runGate(
    {
      data: values.data,
      notChest: values['not-chest'],
      also,
      lungs: values.lungs,
      out: values.out,
      fit: values.fit,
      most: Number(values.most),
      seed: Number(values.seed),
    },
    showProgress(process.stderr),
  );
}
