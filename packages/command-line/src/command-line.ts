import { type ParseArgsConfig, parseArgs } from 'node:util';

/**
 * What was typed, as `parseArgs` of Node reads it (all of the process' arguments unless `config.args` are given).
 * Prints the usage for --help and ends the process with 0; says in one line what it does not have, and ends it with 2.
 */
export function commandLine<Config extends ParseArgsConfig>(
  usage: string,
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  help(usage, config.args ?? process.argv.slice(2));
  try {
    return readOptions(config);
  } catch (error) {
    refuse(error instanceof Error ? error.message : String(error));
  }
}

/** As `parseArgs` of Node. @throws with one line that says what is not there and what is */
export function readOptions<Config extends ParseArgsConfig>(
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    // Node goes on about arguments that begin with a dash, and capitalizes nothing.
    const [what = ''] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/);
    const options = Object.keys(config.options ?? {}).map((name) => `--${name}`);
    throw new Error(`${what.replace(/\.$/, '')}. Options: ${['--help', ...options].join(', ')}`);
  }
}

/** Prints the usage and ends the process with 0 where one of the arguments asks for it. */
export function help(usage: string, args: readonly string[]): void {
  if (!args.includes('--help') && !args.includes('-h')) return;
  process.stdout.write(usage.endsWith('\n') ? usage : `${usage}\n`);
  process.exit(0);
}

/** Says in one line what is wrong with what was typed, and ends the process with 2. */
export function refuse(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(2);
}
