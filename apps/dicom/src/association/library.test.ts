import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';

it('lets its parser say nothing of what it reads, and others write to the console', () => {
  const library = path.join(import.meta.dirname, '../../dist/association/library.js');
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `const { Dataset } = await import(${JSON.stringify(library)});
      new Dataset(Buffer.alloc(100, 0xff), '1.2.840.10008.1.2');
      console.warn('the console');`,
    ],
    { encoding: 'utf8' },
  );
  expect({ stdout, stderr }).toEqual({ stdout: '', stderr: 'the console\n' });
});
