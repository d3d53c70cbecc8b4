import { goModule, goTool } from '@lucency/chart-tests/tools';
import { clusterModules, clusterTools } from './versions.js';

/** Where each program is. */
export type Programs = Record<keyof typeof clusterTools, string>;
/** Where the files of each module are. */
export type Modules = Record<keyof typeof clusterModules, string>;

/** Finds every program, building with Go what is not cached yet; one after another, since each takes all cores. */
export async function findPrograms(): Promise<Programs> {
  const found: [string, string][] = [];
  for (const [key, tool] of Object.entries(clusterTools)) found.push([key, await goTool(tool)]);
  return Object.fromEntries(found) as Programs;
}

export async function findModules(): Promise<Modules> {
  const found: [string, string][] = [];
  for (const [key, { module, version }] of Object.entries(clusterModules)) {
    found.push([key, await goModule(module, version)]);
  }
  return Object.fromEntries(found) as Modules;
}
