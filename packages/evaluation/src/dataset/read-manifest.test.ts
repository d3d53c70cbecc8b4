import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readManifest } from './read-manifest.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lucency-manifest-'));
});
afterAll(() => rm(folder, { recursive: true }));

const header = 'file,text_mined,radiologist,patient,age,sex,view,findings,boxes_xywh_of_1024';

function read(...rows: string[]) {
  return writeFile(join(folder, 'manifest.csv'), [header, ...rows, ''].join('\n')).then(() =>
    readManifest(folder),
  );
}

describe('the manifest of another hospital', () => {
  it("prefers the radiologists' class to the one that a program found in the report", async () => {
    const [read1, mined] = await read(
      'images/a.jpeg,PNEUMONIA,OTHER_ABNORMAL,7,36,F,PA,,',
      'images/b.jpeg,PNEUMONIA,,7,36,F,PA,,',
    );
    expect(read1).toMatchObject({ label: 'NORMAL', otherAbnormal: true, textMined: false });
    expect(mined).toMatchObject({ label: 'PNEUMONIA', otherAbnormal: false, textMined: true });
  });

  it('tells patients of one source from those of another', async () => {
    const [first, second] = await read('a.png,NORMAL,,7,,,,,', 'b.png,NORMAL,,7,,,,,');
    expect(first?.patient).toBe(`${basename(folder)}/7`);
    expect(second?.patient).toBe(first?.patient);
    expect(first?.source).toBe(basename(folder));
  });

  it('gives boxes in shares of the picture', async () => {
    const [found] = await read('a.png,PNEUMONIA,PNEUMONIA,7,,,,,"[[512.0, 256.0, 256.0, 512.0]]"');
    expect(found?.boxes).toEqual([{ left: 0.5, top: 0.25, right: 0.75, bottom: 0.75 }]);
  });

  it('may hold fields with commas, quotes and lines of their own', async () => {
    const [first, second] = await read('a.png,NORMAL,,7,,,,"Effusion, ""left""\n",', 'b.png,NORMAL,,8,,,,,');
    expect([first?.file, second?.file]).toEqual(['a.png', 'b.png']);
  });

  it('names the line that says nothing of its image', async () => {
    await expect(read('a.png,NORMAL,,7,,,,,', 'b.png,,,8,,,,,')).rejects.toThrow('line 3: no label');
  });

  it('tells groups by its other columns, ages by their band', async () => {
    const [adult, child, unknown] = await read(
      'a.png,NORMAL,,7,36,F,PA,,',
      'b.png,NORMAL,,8,5,M,AP,,',
      'c.png,NORMAL,,9,,,,,',
    );
    expect(adult?.groups).toEqual({ age: '36', sex: 'F', view: 'PA', findings: '', age_band: '18-39' });
    expect(child?.groups).toMatchObject({ age_band: '1-5', view: 'AP' });
    expect(unknown?.groups).toMatchObject({ age_band: 'unknown' });
  });

  it.each([
    ['file,label', 'no column "patient"; its columns are file, label'],
    ['picture,patient,label', 'no column "file"'],
    ['file,patient,class', 'no column "label" (NORMAL, PNEUMONIA or OTHER_ABNORMAL)'],
  ])('names, in one line, the column that %s lacks', async (columns, fault) => {
    const row = columns.replace(/[a-z]+/g, 'x');
    await writeFile(join(folder, 'manifest.csv'), `${columns}\n${row}\n`);
    const error = await readManifest(folder).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ message: expect.stringContaining(fault) });
    expect(String(error)).not.toContain('\n');
  });

  it('is found by its own name as well as by its folder', async () => {
    await writeFile(join(folder, 'site.csv'), 'file,patient,label\na.png,7,NORMAL\n');
    expect(await readManifest(join(folder, 'site.csv'))).toMatchObject([{ file: 'a.png', label: 'NORMAL' }]);
  });

  it('says which boxes are none', async () => {
    await expect(read('a.png,PNEUMONIA,,7,,,,,left')).rejects.toThrow(
      'line 2: boxes_xywh_of_1024: boxes are a JSON list',
    );
  });
});
