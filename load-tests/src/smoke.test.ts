import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loads } from './loads/index.ts';
import { smoke } from './loads/smoke.ts';
import { freshTarget } from './platform/local.ts';
import type { Target } from './platform/target.ts';
import { k6AtHand } from './runner/find-k6.ts';
import { perform } from './runner/perform.ts';
import { drawPictures } from './runner/pictures.ts';

const k6 = k6AtHand();
const script = path.join(import.meta.dirname, '../k6/main.ts');

let folder: string;
let target: Target | undefined;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lucency-load-test-'));
});
afterAll(async () => {
  await target?.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the loads', () => {
  it.skipIf(!k6)(
    'are all understood by k6 (needs k6)',
    async () => {
      await drawPictures(path.join(folder, 'pictures'));
      for (const { name, crowds } of loads) {
        const env = {
          ...process.env,
          LOAD_NAME: name,
          LOAD_URL: 'http://localhost:1',
          LOAD_RUN: 'LOAD-test',
          LOAD_CAPACITY: '8',
          LOAD_TOKENS: '[]',
          LOAD_PICTURES: path.join(folder, 'pictures'),
        };
        const args = ['inspect', '--include-system-env-vars', '--execution-requirements', script];
        const inspected = JSON.parse(execFileSync(k6 ?? '', args, { env, encoding: 'utf8' }));
        expect(Object.keys(inspected.scenarios).sort()).toEqual(Object.keys(crowds).sort());
      }
    },
    240_000,
  );

  it.skipIf(!k6)(
    'find a platform under a tenth of its load sound, and say so on a page (needs k6)',
    async () => {
      target = await freshTarget(() => undefined);
      const { report, page } = await perform({
        load: smoke,
        minutes: 0.2,
        // Slow enough for a machine that runs other tests meanwhile; what is promised here is not the speed.
        capacity: 5,
        target,
        k6: k6 ?? '',
        folder,
        quiet: true,
        say: () => undefined,
      });
      expect(report.oracle).toMatchObject({ lost: 0, doubled: 0, open: 0, untold: 0 });
      expect(report.oracle.acknowledged).toBeGreaterThan(2);
      expect(report.oracle.states).toEqual({ CLASSIFIED: report.oracle.acknowledged });
      expect(report.errors).toEqual({});
      expect(Object.keys(report.times)).toContain('upload_acknowledged');
      expect(await readFile(page, 'utf8')).toContain('From submission to reading, each study');
    },
    240_000,
  );
});
