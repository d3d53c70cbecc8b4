import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Calls `lost` when the npm that runs this script is gone. npm forwards the signals it can catch, but
 * nothing tells its script of a SIGKILL. Does nothing when the script was not started by npm: then it may
 * well be meant to outlive its shell.
 */
export function watchNpm(lost: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  // npm runs scripts through a shell, which may stay between the two.
  const ancestors = [process.ppid, parentOf(process.ppid)].filter((pid) => pid > 1);
  const timer = setInterval(() => {
    if (process.ppid === ancestors[0] && ancestors.every(isAlive)) return;
    clearInterval(timer);
    lost();
  }, 500);
  timer.unref();
}

function parentOf(pid: number): number {
  try {
    if (process.platform === 'linux') {
      // The second field, the name, is in brackets and may hold blanks itself.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ');
      return Number(fields?.[1] ?? 0);
    }
    return Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }));
  } catch {
    return 0;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
