import { execFile } from 'node:child_process';
import { loadavg } from 'node:os';
import { promisify } from 'node:util';

export interface MemorySample {
  /** Epoch milliseconds. */
  at: number;
  /** Resident set in MiB by process name. */
  residentMiB: Record<string, number>;
  /** Of the last minute, over the whole machine: tells how much else ran. */
  loadAverage: number;
}

export interface ProcessWatch {
  samples: MemorySample[];
  stop(): void;
}

const everyMs = 2_000;

/** Looks at the memory of processes on this machine until stop(); empty where none runs here. */
export function watchProcesses(pids: Record<string, number>): ProcessWatch {
  const samples: MemorySample[] = [];
  const names = new Map(Object.entries(pids).map(([name, pid]) => [pid, name]));
  const look = async () => {
    const at = Date.now();
    const { stdout } = await promisify(execFile)('ps', [
      '-o',
      'pid=,rss=',
      '-p',
      [...names.keys()].join(','),
    ]);
    const residentMiB: Record<string, number> = {};
    for (const line of stdout.trim().split('\n')) {
      const [pid = 0, kibibytes = 0] = line.trim().split(/\s+/).map(Number);
      const name = names.get(pid);
      if (name) residentMiB[name] = kibibytes / 1024;
    }
    samples.push({ at, residentMiB, loadAverage: loadavg()[0] ?? 0 });
  };
  // One look that fails, as when all have ended, must not end the run.
  const timer = names.size > 0 && setInterval(() => void look().catch(() => undefined), everyMs);
  return { samples, stop: () => timer && clearInterval(timer) };
}
