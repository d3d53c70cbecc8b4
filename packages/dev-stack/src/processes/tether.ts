import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { tailOf } from './log-tail.js';

/**
 * Becomes the program itself (same pid), after leaving a watcher behind that reads file descriptor 3.
 * When that closes without a word, the parent died: the watcher asks the program to stop and after 20 s, or
 * when it has, ends what is left of its process group. This works after SIGKILL too, when no handler of the
 * parent can run, and for programs that know nothing of it.
 */
const tetherScript = `
signal="$1"; shift
( ( trap '' INT TERM HUP
    if ! read -r word <&3; then
      kill -s "$signal" -- "-$$"
      tries=0
      while [ $tries -lt 100 ] && kill -s 0 "$$"; do sleep 0.2; tries=$((tries + 1)); done
      kill -s KILL -- "-$$"
    fi ) >/dev/null 2>&1 & )
exec 3<&-
exec "$@"
`;

export interface TetheredOptions {
  /** What people call it: in messages, and as the name of its log. */
  name: string;
  command: string;
  args: readonly string[];
  /** Both output streams go here; the log of the run before is kept as `.1`. */
  logFile: string;
  /** Goes on in the log that is there: a program started again keeps what the one before it said last. */
  appendsLog?: boolean;
  cwd?: string;
  /** The whole environment of the program; the parent's when left out. */
  env?: NodeJS.ProcessEnv;
  /** Asks the program to stop. Postgres wants SIGINT: its SIGTERM waits for every client. */
  stopSignal?: 'SIGTERM' | 'SIGINT';
  account?: { uid: number; gid: number } | undefined;
}

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface Tethered {
  name: string;
  pid: number;
  logFile: string;
  /** Settles when the program has ended, however it did; never rejects. */
  exited: Promise<Exit>;
  isRunning(): boolean;
  /** The last lines of the log. */
  tail(lines?: number): string;
  /** Asks the program to stop and, after the deadline, ends its process group. */
  stop(deadlineMs?: number): Promise<Exit>;
  /** SIGKILL to the whole process group. */
  kill(): Promise<Exit>;
}

/**
 * Starts a program in a process group of its own, so that Ctrl-C in the terminal reaches only the parent,
 * and tethered: it never outlives the parent.
 */
export async function startTethered(options: TetheredOptions): Promise<Tethered> {
  const stopSignal = options.stopSignal ?? 'SIGTERM';
  const log = openLog(options.logFile, options.appendsLog ?? false);
  const script = ['-c', tetherScript, options.name, stopSignal.slice(3), options.command, ...options.args];
  const child = spawn('/bin/sh', script, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    detached: true,
    stdio: ['ignore', log, log, 'pipe'],
    ...options.account,
  });
  closeSync(log);

  const pid = await pidOf(child, options.name);
  let running = true;
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => {
      running = false;
      releaseWatcher(child);
      resolve({ code, signal });
    });
  });

  const signalGroup = (signal: NodeJS.Signals) => {
    if (!running) return;
    try {
      process.kill(-pid, signal);
    } catch {
      // It ended between the check and the signal.
    }
  };

  return {
    name: options.name,
    pid,
    logFile: options.logFile,
    exited,
    isRunning: () => running,
    tail: (lines = 20) => tailOf(options.logFile, lines),
    async stop(deadlineMs = 15_000) {
      signalGroup(stopSignal);
      const deadline = setTimeout(() => signalGroup('SIGKILL'), deadlineMs);
      const exit = await exited;
      clearTimeout(deadline);
      return exit;
    },
    async kill() {
      signalGroup('SIGKILL');
      return exited;
    },
  };
}

function openLog(file: string, appends: boolean): number {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    if (!appends) renameSync(file, `${file}.1`);
  } catch {
    // The first run has no earlier log.
  }
  return openSync(file, 'a', 0o600);
}

function pidOf(child: ChildProcess, name: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new Error(`${name} could not be started: ${error.message}`)));
    child.once('spawn', () => {
      if (child.pid === undefined) reject(new Error(`${name} could not be started`));
      else resolve(child.pid);
    });
  });
}

/** Tells the watcher that the program ended on its own, so that it never signals a number used anew. */
function releaseWatcher(child: ChildProcess): void {
  const tether = child.stdio[3];
  if (!tether || !('end' in tether)) return;
  tether.on('error', () => undefined);
  tether.end('ended\n');
}
