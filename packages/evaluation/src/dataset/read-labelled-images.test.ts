import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readLabelledImages } from './read-labelled-images.js';

const made: string[] = [];
afterAll(() => {
  for (const path of made) rmSync(path, { recursive: true });
});

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'lucency-labelled-'));
  made.push(folder);
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
  return folder;
}

const manifest = (...rows: string[]) => ['file,patient,label', ...rows, ''].join('\n');

describe('labelled images', () => {
  it('are those of two folders, in which the same name is two people', async () => {
    const files = await readLabelledImages(folderWith({ 'NORMAL/a.png': '', 'PNEUMONIA/a.png': '' }));
    expect(files.map(({ label }) => label)).toEqual(['NORMAL', 'PNEUMONIA']);
    expect(new Set(files.map(({ patient }) => patient)).size).toBe(2);
  });

  it('are those of a manifest, in which one patient may have both classes', async () => {
    const files = await readLabelledImages(
      folderWith({
        'a.png': '',
        'b.png': '',
        'c.png': '',
        'manifest.csv': manifest('a.png,7,NORMAL', 'b.png,7,PNEUMONIA', 'c.png,8,OTHER_ABNORMAL'),
      }),
    );
    expect(new Set(files.map(({ patient }) => patient)).size).toBe(2);
    expect(files.map(({ otherAbnormal }) => otherAbnormal)).toEqual([false, false, true]);
  });

  it.each([
    ['NORMAL is missing', { 'PNEUMONIA/a.png': '' }, 'holds no NORMAL/'],
    [
      'NORMAL is nothing but other findings',
      { 'a.png': '', 'manifest.csv': manifest('a.png,7,PNEUMONIA', 'a.png,7,OTHER_ABNORMAL') },
      'names no image that is NORMAL',
    ],
    [
      'a file is named twice',
      { 'a.png': '', 'manifest.csv': manifest('a.png,7,PNEUMONIA', 'a.png,8,NORMAL') },
      'names a.png more than once',
    ],
    [
      'a file is not there',
      { 'a.png': '', 'manifest.csv': manifest('a.png,7,PNEUMONIA', 'b.png,8,NORMAL') },
      'names b.png, which cannot be found',
    ],
    ['there is nothing', {}, 'and no manifest.csv'],
  ])('are refused in one line when %s', async (_, files, fault) => {
    const error = await readLabelledImages(folderWith(files as Record<string, string>)).catch(
      (thrown: Error) => thrown,
    );
    expect(error).toMatchObject({ message: expect.stringContaining(fault) });
    expect(String(error)).not.toContain('\n');
  });
});
