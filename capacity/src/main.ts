import { help, refuse } from '@lucency/command-line';
import { compare } from './commands/compare.js';
import { compareUsage } from './commands/compare-options.js';
import { measure } from './commands/measure.js';
import { validate } from './commands/validate.js';
import { worklist, worklistUsage } from './commands/worklist.js';

const [command, ...rest] = process.argv.slice(2);
help(command === 'worklist' ? worklistUsage : compareUsage, process.argv.slice(2));
try {
  if (command === 'measure') await measure(rest);
  else if (command === 'validate') await validate(rest);
  else if (command === 'worklist') await worklist(rest);
  else if (command === undefined || command.startsWith('--')) await compare(process.argv.slice(2));
  else
    refuse(`There is no ${command}. Choose measure, validate or worklist, or give none; --help says more.`);
} catch (error) {
  refuse(error instanceof Error ? error.message : String(error));
}
process.exit();
