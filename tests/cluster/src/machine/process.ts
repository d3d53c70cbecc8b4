import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';

const recorded = z.object({ pid: z.number(), startedAt: z.string() });
/** A process and when it started, since numbers are used again. */
export type Recorded = z.infer<typeof recorded>;

export async function recordProcess(file: string, pid: number): Promise<void> {
  await writeFile(file, JSON.stringify({ pid, startedAt: (await startOf(pid)) ?? '' }));
}

/** The recorded process, if it still runs. */
export async function recallProcess(file: string): Promise<Recorded | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const found = recorded.parse(JSON.parse(text));
  return (await isRunning(found)) ? found : undefined;
}

export async function isRunning({ pid, startedAt }: Recorded): Promise<boolean> {
  return (await startOf(pid)) === startedAt;
}

export async function firstChild(pid: number): Promise<number | undefined> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  const [first] = text.split(' ').filter(Boolean);
  return first === undefined ? undefined : Number(first);
}

/** In ticks since the machine started; the name before it may hold anything but ends with the last parenthesis. */
async function startOf(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  const [state, ...rest] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
  return state === undefined || state === 'Z' ? undefined : rest[18];
}
