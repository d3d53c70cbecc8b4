import { readFileSync } from 'node:fs';

export interface ProcessUse {
  /** Processor time so far, of all its threads. */
  cpuMs: number;
  residentBytes: number;
}

/** Linux counts processor time for programs in hundredths of a second, on every machine. */
const msPerTick = 10;

/** What a process took so far; null where the system does not say so in /proc. */
export function processUse(pid: number): ProcessUse | null {
  try {
    // The name of the program, in parentheses, may hold anything.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    const resident = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    const [user, system] = [fields[11], fields[12]].map(Number);
    return { cpuMs: ((user ?? 0) + (system ?? 0)) * msPerTick, residentBytes: Number(resident ?? 0) * 1024 };
  } catch {
    return null;
  }
}
