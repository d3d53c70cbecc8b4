import { join, relative, sep } from 'node:path';
import { watch } from 'chokidar';
import type { ServiceDefinition } from '../stack/services.js';
import { transpile, write } from './transpile.js';
import { codeOf } from './workspaces.js';

export interface SourceWatchOptions {
  root: string;
  /** Those that are started anew when their code changes. */
  services: readonly ServiceDefinition[];
  /** What was edited later than this has not been built. Milliseconds since 1970. */
  builtAt: number;
  say(text: string): void;
  restart(service: string): void;
}

/** Editors write a file in several steps, and version control many files; one restart is for all of them. */
const quietMs = 80;

/** Brings edits of sources into `dist` and restarts the services that run them, until it is closed. */
export async function watchSources(options: SourceWatchOptions): Promise<{ close(): Promise<void> }> {
  const { root, services, builtAt, say, restart } = options;
  const codeOfServices = services.map(({ name, folder }) => ({ name, code: codeOf(root, folder) }));
  const workspaces = new Set(codeOfServices.flatMap(({ code }) => [...code]));
  /** Edited files whose code is not in `dist` yet; they stay while one of them is no TypeScript. */
  const edited = new Set<string>();
  let quiet: NodeJS.Timeout | undefined;

  const take = () => {
    const taken = [...edited].map((path) => {
      const file = relative(root, path);
      const { workspace, source } = placeOf(file);
      return { file, workspace, result: transpile(root, workspace, source) };
    });
    const errors = taken.flatMap(({ result }) => result.error ?? []);
    if (errors.length > 0) {
      say(`${errors.join('\n')}\nnothing is restarted before this is mended`);
      return;
    }
    edited.clear();
    const changed = taken.filter(({ result }) => write(result));
    const affected = codeOfServices.filter(({ code }) =>
      changed.some(({ workspace }) => code.has(workspace)),
    );
    if (affected.length === 0) return;
    say(
      `${listed(changed.map(({ file }) => file))}: restarting ${affected.map(({ name }) => name).join(', ')}`,
    );
    for (const { name } of affected) restart(name);
  };

  const watcher = watch(
    [...workspaces].map((folder) => join(root, folder, 'src')),
    {
      alwaysStat: true,
      ignored: (path, stats) => stats?.isFile() === true && !isSource(path),
    },
  );
  watcher.on('all', (event, path, stats) => {
    if (!isSource(path) || !['add', 'change', 'unlink'].includes(event)) return;
    if (event === 'add' && stats && stats.mtimeMs <= builtAt) return;
    edited.add(path);
    clearTimeout(quiet);
    quiet = setTimeout(take, quietMs);
  });
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
  return {
    async close() {
      clearTimeout(quiet);
      await watcher.close();
    },
  };
}

function isSource(path: string): boolean {
  return path.endsWith('.ts') && !path.endsWith('.d.ts') && !path.endsWith('.test.ts');
}

/** `packages/imaging/src/quality.ts` is `quality.ts` of `packages/imaging`. */
function placeOf(file: string): { workspace: string; source: string } {
  const [kind = '', name = '', , ...source] = file.split(sep);
  return { workspace: `${kind}/${name}`, source: source.join(sep) };
}

function listed(files: readonly string[]): string {
  const [first = ''] = files;
  return files.length > 1 ? `${first} and ${files.length - 1} more` : first;
}
