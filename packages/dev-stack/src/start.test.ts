import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { builtFile } from './processes/built-file.js';
import { openHome } from './stack/home.js';

const door = JSON.stringify(pathToFileURL(builtFile('start.js')).href);
const call = (args: string[]) => `const { start } = await import(${door});
  process.exit(await start(process.cwd(), ${JSON.stringify(args)}));`;

function start(...args: string[]) {
  return spawnSync(process.execPath, ['--input-type=module', '-e', call(args)], { encoding: 'utf8' });
}

describe('npm start', () => {
  it('says that Lucency already runs on a home, where it listens, and ends with exit code 1', () => {
    const folder = mkdtempSync(join(tmpdir(), 'lucency-start-'));
    const home = openHome(folder);
    home.lock.describe('Portal   http://localhost:3000');
    const second = start('--home', folder);
    expect(second.status).toBe(1);
    expect(second.stderr).toContain(`already runs on ${folder} (process ${process.pid})`);
    expect(second.stderr).toContain('http://localhost:3000');
    rmSync(folder, { recursive: true });
  });

  it.each([['--prot', '3000'], ['--port', 'three'], ['--port', '70000'], ['extra']])(
    'refuses arguments that it does not know (%s %s)',
    (...args) => {
      const refused = start(...args);
      expect(refused.status).toBe(2);
      expect(refused.stderr).toMatch(/^[^\n]+\n$/);
    },
  );
});
