import { help } from '@lucency/command-line';
import { accept } from './accept/command.js';
import { classify } from './classify/command.js';
import { evaluate } from './evaluate/command.js';
import { areTooLong, typedArguments, withoutThem } from './long-arguments.js';
import { InputError, UsageError, usage } from './usage.js';

const commands: Record<string, (args: string[]) => Promise<number>> = {
  classify,
  evaluate,
  accept,
};

async function run([name = '', ...args]: string[]): Promise<number> {
  const command = commands[name];
  if (command) return command(args);
  help(usage, [name, ...args]);
  throw new UsageError(
    `${name ? `There is no command ${name}` : 'Name a command'}: ${Object.keys(commands).join(', ')}.`,
  );
}

try {
  const args = await typedArguments();
  process.exitCode = areTooLong(args) ? await withoutThem(args) : await run(args);
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  console.error(error instanceof UsageError ? `${message} --help says more.` : message);
  process.exitCode = error instanceof UsageError || error instanceof InputError ? 2 : 1;
}
