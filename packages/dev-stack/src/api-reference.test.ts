import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '../../..');

it('is that of the printed schema; after a wanted change run `npm run schema -w @lucency/gateway`', () => {
  const { status, stderr } = spawnSync(process.execPath, ['tools/api-reference/write.mjs', '--check'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
