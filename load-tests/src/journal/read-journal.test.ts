import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { only, readJournal } from './read-journal.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lucency-journal-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(...lines: string[]): string {
  const file = join(folder, 'journal.jsonl');
  writeFileSync(file, lines.join('\n'));
  return file;
}

describe('the journal', () => {
  it('is read as it was written', async () => {
    const seen = { is: 'seen', at: 5, key: 'a', stat: true, state: 'CLASSIFIED', ms: 3 };
    const entries = await readJournal(write('{"is":"began","at":1}', JSON.stringify(seen), ''));
    expect(only(entries, 'seen')).toEqual([seen]);
  });

  it.each(['{"is":"seen","at":5}', 'a warning', '{"is":"other","at":1}'])(
    'is not trusted when it holds what no client wrote: %s',
    async (line) => {
      await expect(readJournal(write('{"is":"began","at":1}', line))).rejects.toThrow();
    },
  );
});
