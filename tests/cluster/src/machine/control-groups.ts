import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const base = '/sys/fs/cgroup';
/** The cluster's pods are accounted for in groups of their own, beside whatever else runs here. */
export const controlGroup = '/lucency-cluster';
/**
 * As eight groups or processes of the usual weight. With the usual one, all pods together would get no more than any
 * single process of the machine, and not even probes would be answered in time beside a build.
 */
const weights: Record<string, number> = { 'cpu.shares': 8 * 1024, 'cpu.weight': 8 * 100 };

/** Version 2 has one tree, version 1 one for each controller. */
function trees(): string[] {
  if (existsSync(join(base, 'cgroup.controllers'))) return [base];
  return readdirSync(base)
    .map((name) => join(base, name))
    .filter((tree) => existsSync(join(tree, 'cgroup.procs')));
}

export function makeControlGroups(): void {
  for (const tree of trees()) {
    const folder = join(tree, controlGroup);
    mkdirSync(folder, { recursive: true });
    // A new set of CPUs is empty, and nothing can run in it.
    for (const file of ['cpuset.cpus', 'cpuset.mems']) {
      const parent = join(tree, file);
      if (existsSync(parent)) writeFileSync(join(folder, file), readFileSync(parent));
    }
    for (const [file, weight] of Object.entries(weights)) {
      if (existsSync(join(folder, file))) writeFileSync(join(folder, file), String(weight));
    }
  }
}

/** Once nothing runs in them. */
export async function removeControlGroups(): Promise<void> {
  for (const tree of trees()) {
    const folder = join(tree, controlGroup);
    for (let tries = 0; existsSync(folder) && tries < 50; tries += 1) {
      try {
        removeTree(folder);
      } catch {
        // The kernel takes a moment to forget the last process.
        await sleep(100);
      }
    }
  }
}

function removeTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) removeTree(join(folder, entry.name));
  }
  rmdirSync(folder);
}
