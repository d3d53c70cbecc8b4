import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Who holds a lock: its process, and whatever it says of itself. */
export interface Holder {
  pid: number;
  note: string;
}

export interface Lock {
  /** Tells others more, such as the addresses that are open by now. */
  describe(note: string): void;
  release(): void;
}

/** Takes the lock, or says who has it. A lock whose process is gone counts as free. */
export function tryLock(file: string, note = ''): Lock | Holder {
  for (;;) {
    try {
      writeFileSync(file, lockText(note), { flag: 'wx' });
      return {
        describe: (newNote) => writeFileSync(file, lockText(newNote)),
        release: () => rmSync(file, { force: true }),
      };
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error;
    }
    const holder = lockHolder(file);
    if (holder) return holder;
    rmSync(file, { force: true });
  }
}

/** Who has the lock now; undefined when it is free. */
export function lockHolder(file: string): Holder | undefined {
  const holder = readHolder(file);
  return holder && isAlive(holder.pid) ? holder : undefined;
}

/** Runs `work` alone among all processes that use the same file, waiting for the others. */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  let lock = tryLock(file);
  while ('pid' in lock) {
    await sleep(250);
    lock = tryLock(file);
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
}

function lockText(note: string): string {
  return `${process.pid}\n${note}`;
}

function readHolder(file: string): Holder | undefined {
  try {
    const [pid = '', ...note] = readFileSync(file, 'utf8').split('\n');
    return pid === '' ? undefined : { pid: Number(pid), note: note.join('\n') };
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
