import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { runFolder } from '../places.js';
import { makeControlGroups, removeControlGroups } from './control-groups.js';
import type { Equipment } from './equipment.js';
import { firstChild, isRunning, recallProcess, recordProcess } from './process.js';

const processFile = join(runFolder, 'machine.json');
const readyFile = join(runFolder, 'ready');
const logFile = join(runFolder, 'cluster.log');
const startDeadlineMs = 15 * 60_000;
const stopDeadlineMs = 90_000;

/**
 * First process of the cluster's own process, mount and network namespaces: it reaps what containers leave behind and
 * passes SIGTERM on. When it ends, the kernel ends everything in them and forgets their mounts and interfaces.
 */
const init = `"$@" & program=$!; trap 'kill -s TERM $program' TERM INT; wait $program; wait $program`;

const built = (file: string) => fileURLToPath(new URL(`../${file}`, import.meta.url));

/** A machine within this machine, on which the cluster runs. */
export interface Machine {
  /** What goes before a command, for kubectl and anything else. */
  enter: string[];
  /** Runs one of our programs in it. @returns its exit code. */
  run(file: string, args: readonly string[]): Promise<number>;
}

/** The machine that is up, if one is. */
export async function runningMachine(): Promise<Machine | undefined> {
  const recorded = await recallProcess(processFile);
  const pid = recorded && existsSync(readyFile) ? await firstChild(recorded.pid) : undefined;
  if (pid === undefined) return undefined;
  const enter = ['nsenter', '--target', String(pid), '--net', '--mount', '--pid', `--wdns=${process.cwd()}`];
  return {
    enter,
    async run(file, args) {
      const [program = '', ...before] = enter;
      const child = spawn(program, [...before, process.execPath, built(file), ...args], { stdio: 'inherit' });
      const [code] = await once(child, 'exit');
      return code ?? 1;
    },
  };
}

/** Starts it and waits until the whole cluster is up. Throws with the end of its log when that fails. */
export async function startMachine(equipment: Equipment): Promise<Machine> {
  await stopMachine();
  await rm(runFolder, { recursive: true, force: true });
  await mkdir(runFolder, { recursive: true });
  makeControlGroups();
  const log = await open(logFile, 'a');
  const namespaces = ['--net', '--mount', '--pid', '--fork', '--mount-proc', '--kill-child'];
  const program = [process.execPath, built('cluster.js'), JSON.stringify(equipment), readyFile];
  const child = spawn('unshare', [...namespaces, 'sh', '-c', init, 'cluster', ...program], {
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  await once(child, 'spawn');
  child.unref();
  await log.close();
  await recordProcess(processFile, child.pid ?? 0);
  const giveUpAt = Date.now() + startDeadlineMs;
  while (!existsSync(readyFile)) {
    if (child.exitCode !== null || Date.now() > giveUpAt) {
      const output = (await readFile(logFile, 'utf8')).split('\n').slice(-25).join('\n');
      await stopMachine();
      throw new Error(`the cluster did not come up; the end of ${logFile}:\n${output}`);
    }
    await sleep(200);
  }
  const machine = await runningMachine();
  if (!machine) throw new Error('the cluster was up and is gone');
  return machine;
}

/** Ends it with everything in it; nothing happens where none runs. */
export async function stopMachine(): Promise<void> {
  const recorded = await recallProcess(processFile);
  const pid = recorded && (await firstChild(recorded.pid));
  if (recorded && pid !== undefined) {
    process.kill(pid, 'SIGTERM');
    const giveUpAt = Date.now() + stopDeadlineMs;
    while ((await isRunning(recorded)) && Date.now() < giveUpAt) await sleep(100);
    if (await isRunning(recorded)) process.kill(pid, 'SIGKILL');
    while (await isRunning(recorded)) await sleep(50);
  }
  await removeControlGroups();
}
