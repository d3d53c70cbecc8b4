import { fork } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';

/**
 * ONNX Runtime reads the command line of its process by a recursion: 13 KB of it end a worker thread by a segmentation
 * fault, and no stack that was tried holds 300 KB.
 */
const longestCommandLine = 4_000;
const mark = 'LUCENCY_ARGUMENTS_FOLLOW';

/** What the person typed, which a process started by `withoutThem` gets as a message. */
export async function typedArguments(): Promise<string[]> {
  if (!process.env[mark]) return process.argv.slice(2);
  const [typed] = await once(process, 'message');
  process.disconnect();
  return typed;
}

export function areTooLong(args: readonly string[]): boolean {
  const bytes = args.reduce((sum, each) => sum + Buffer.byteLength(each) + 1, 0);
  return !process.env[mark] && bytes > longestCommandLine;
}

/** Does the same in a process with an empty command line. @returns its exit code. */
export async function withoutThem(args: string[]): Promise<number> {
  const child = fork(process.argv[1] ?? '', [], { env: { ...process.env, [mark]: '1' } });
  child.send(args);
  // Ctrl-C reaches the child by itself; its end is waited for.
  process.on('SIGINT', () => undefined);
  const [code, signal]: [number | null, NodeJS.Signals | null] = await new Promise((resolve) => {
    child.once('exit', (...end) => resolve(end));
  });
  if (code !== null) return code;
  const ending = signal ?? 'SIGKILL';
  if (ending !== 'SIGINT') console.error(`Reading the files was ended by ${ending}.`);
  return 128 + constants.signals[ending];
}
