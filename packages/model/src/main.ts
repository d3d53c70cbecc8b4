import { commandLine } from '@lucency/command-line';
import { buildNative } from './native/build.js';
import { CannotBuildError } from './native/requirements.js';
import { showStep } from './native/show-step.js';

const usage = `npm run native [-- --gpu]
Compiles TensorFlow.js' native binding against TensorFlow's own libraries, once for all clones.
  --gpu  the one that computes on NVIDIA GPUs, with CUDA's libraries beside it (about 4 GB to fetch)
`;

/** `npm run native`. Exit code: 0 when the binding is there, 1 when it could not be built, 2 for a wrong option. */
async function main(): Promise<number> {
  const { gpu } = commandLine(usage, { options: { gpu: { type: 'boolean' } } }).values;
  try {
    const { folder, built } = await buildNative({ variant: gpu ? 'gpu' : 'cpu', step: showStep });
    console.log(`${built ? 'The binding is in' : 'The binding is there already:'} ${folder}`);
    return 0;
  } catch (error) {
    if (error instanceof CannotBuildError) console.error(error.message);
    else console.error(`The binding could not be built. ${error instanceof Error ? error.message : error}`);
    return 1;
  }
}

process.exitCode = await main();
