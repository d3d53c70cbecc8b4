import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/**
 * Runs a built program to its end and answers what it printed. Throws with everything it printed when it
 * ends with another code than 0.
 */
export async function runStep(
  name: string,
  file: string,
  { env, input }: { env: Record<string, string>; input?: string },
): Promise<string> {
  const child = spawn(process.execPath, [file], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input ?? '');
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [output, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (code !== 0) throw new Error(`${name} failed (exit code ${code}):\n${output}${errors}`.trimEnd());
  return output.trim();
}
