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
  const isHelp = [name, ...args].some((word) => word === '--help' || word === '-h');
  // It has more to say for itself than fits among the others.
  if (isHelp && name !== 'accept') {
    console.log(usage);
    return 0;
  }
  const command = commands[name];
  if (!command) throw new UsageError(name ? `There is no command ${name}.` : 'Name a command.');
  return command(args);
}

/** Ours, or what parseArgs throws for unknown options. */
function isUsageError(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return error instanceof UsageError || code.startsWith('ERR_PARSE_ARGS');
}

try {
  const args = await typedArguments();
  process.exitCode = areTooLong(args) ? await withoutThem(args) : await run(args);
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  console.error(isUsageError(error) ? `${message}\n\n${usage}` : message);
  process.exitCode = isUsageError(error) || error instanceof InputError ? 2 : 1;
}
