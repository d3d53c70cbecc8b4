import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '../../..');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lucency-directions-'));
  for (const rules of ['biome.json', '.dependency-cruiser.mjs']) {
    copyFileSync(path.join(root, rules), path.join(folder, rules));
  }
});
afterEach(() => rmSync(folder, { recursive: true }));

const biome = ['.bin/biome', 'lint', '--vcs-enabled=false', '--reporter=github', '.'] as const;
const folders = ['.bin/depcruise', 'apps'] as const;

/** Whether `npm run lint` would refuse these files, and why. */
function lint(
  files: Record<string, string>,
  [program, ...args]: readonly [string, ...string[]] = biome,
): Promise<{ passes: boolean; says: string }> {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return new Promise((resolve) => {
    execFile(path.join(root, 'node_modules', program), args, { cwd: folder }, (error, stdout, stderr) =>
      resolve({ passes: error === null, says: stdout + stderr }),
    );
  });
}

describe('the lint', () => {
  it.each([
    ['apps/explain/src/a.ts', '@lucency/inference'],
    ['apps/cli/src/a.ts', '@lucency/training'],
    ['packages/reading/src/a.ts', '@lucency/gateway'],
    ['packages/evaluation/src/a.ts', '@lucency/training'],
    ['packages/imaging/src/a.ts', '@lucency/model/card'],
    ['packages/contracts/src/a.ts', '@lucency/messaging'],
    ['training/src/a.ts', '@lucency/inference'],
  ])('refuses that %s imports %s', async (file, door) => {
    const { passes, says } = await lint({ [file]: `export { x } from '${door}';\n` });
    expect(passes).toBe(false);
    expect(says).toContain('noRestrictedImports');
  });

  it('refuses files that import each other, and takes arrows that point down', async () => {
    const circle = {
      'packages/a/src/a.ts': "import { b } from './b.js';\nexport const a = () => b;\n",
      'packages/a/src/b.ts': "import { a } from './a.js';\nexport const b = () => a;\n",
    };
    expect((await lint(circle)).says).toContain('noImportCycles');
    rmSync(path.join(folder, 'packages'), { recursive: true });
    const down = { 'apps/explain/src/a.ts': "export { x } from '@lucency/reading';\n" };
    expect(await lint(down)).toMatchObject({ passes: true });
  });

  it('refuses folders that import each other by types alone, but not what a test needs', async () => {
    const house = {
      'apps/gateway/src/study/study.ts': "import type { B } from '../review/b.js';\nexport type A = B;\n",
      'apps/gateway/src/review/b.ts': 'export type B = 1;\n',
      'apps/gateway/src/review/b.test.ts': "export type { A } from '../study/study.js';\n",
    };
    expect(await lint(house, folders)).toMatchObject({ passes: true });
    const back = { 'apps/gateway/src/review/c.ts': "export type { A } from '../study/study.js';\n" };
    expect((await lint(back, folders)).says).toContain('no-circle-of-folders: apps/gateway/src/study');
  });
});
