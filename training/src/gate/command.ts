import { commandLine, refuse } from '@lucency/command-line';
import { showProgress } from '../progress.js';
import { runGate } from './run-gate.js';

const usage =
  'npm run train -- gate --data DIR [--out DIR] [--fit packages/imaging/src/gate/learnt.ts] [--model DIR] [--pictures DIR ...] [--one-in N] [--seed N]';

/** `train gate`: fits the gate anew or takes the one in use, and measures it. */
export async function runGateCommand(args: string[]): Promise<void> {
  const { values } = commandLine(usage, {
    args,
    options: {
      data: { type: 'string' },
      out: { type: 'string', default: '.' },
      fit: { type: 'string' },
      seed: { type: 'string', default: '1' },
      model: { type: 'string' },
      'one-in': { type: 'string', default: '1' },
      pictures: { type: 'string', multiple: true },
    },
  });

  if (!values.data) refuse(usage);
  await runGate(
    {
      data: values.data,
      out: values.out,
      fitTo: values.fit,
      model: values.model,
      oneIn: Number(values['one-in']),
      pictures: values.pictures,
      seed: Number(values.seed),
    },
    showProgress(process.stderr),
  );
}
