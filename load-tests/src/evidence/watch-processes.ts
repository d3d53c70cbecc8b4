import { execFile } from 'node:child_process';
import { loadavg } from 'node:os';
import { promisify } from 'node:util';

export interface ProcessSample {
  /** Epoch milliseconds. */
  at: number;
  /** Resident set in MiB by process name; children, which share most of it as Postgres' do, are not counted. */
  residentMiB: Record<string, number>;
  /** Processor time since its start in seconds, children that are alive among it. */
  computedSeconds: Record<string, number>;
  /** Of the last minute, over the whole machine: tells how much else ran. */
  loadAverage: number;
}

export interface ProcessWatch {
  samples: ProcessSample[];
  stop(): void;
}

const everyMs = 2_000;

/** Looks at memory and processor time of processes on this machine until stop(); empty where none runs here. */
export function watchProcesses(pids: Record<string, number>): ProcessWatch {
  const samples: ProcessSample[] = [];
  const names = new Map(Object.entries(pids).map(([name, pid]) => [pid, name]));
  const look = async () => {
    const at = Date.now();
    const { stdout } = await promisify(execFile)('ps', ['-e', '-o', 'pid=,ppid=,rss=,cputimes=']);
    const residentMiB: Record<string, number> = {};
    const computedSeconds: Record<string, number> = {};
    for (const line of stdout.trim().split('\n')) {
      const [pid = 0, parent = 0, kibibytes = 0, seconds = 0] = line.trim().split(/\s+/).map(Number);
      const own = names.get(pid);
      const name = own ?? names.get(parent);
      if (own) residentMiB[own] = kibibytes / 1024;
      if (name) computedSeconds[name] = (computedSeconds[name] ?? 0) + seconds;
    }
    samples.push({ at, residentMiB, computedSeconds, loadAverage: loadavg()[0] ?? 0 });
  };
  // One look that fails, as when all have ended, must not end the run.
  const timer = names.size > 0 && setInterval(() => void look().catch(() => undefined), everyMs);
  return { samples, stop: () => timer && clearInterval(timer) };
}
