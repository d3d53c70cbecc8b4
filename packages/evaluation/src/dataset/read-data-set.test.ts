import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Hashed, withoutDuplicates } from './duplicates.js';
import { patientOf } from './patients.js';
import { readDataSet } from './read-data-set.js';

const made: string[] = [];
afterAll(() => Promise.all(made.map((path) => rm(path, { recursive: true }))));

async function folderWith(...files: string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lucency-data-'));
  made.push(folder);
  for (const file of files) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), '');
  }
  return folder;
}

function hashed(label: 'NORMAL' | 'PNEUMONIA', patient: string, content: string): Hashed {
  return { file: `${label}/${patient}-${content}`, path: `${patient}-${content}`, label, patient, content };
}

describe('the data set', () => {
  it('knows patients by their file names, and holds the two series of normals apart', () => {
    expect(patientOf('person12_bacteria_46.jpeg')).toBe(patientOf('person12_virus_3.jpeg'));
    expect(patientOf('person1_bacteria_2.jpeg')).not.toBe(patientOf('person12_bacteria_2.jpeg'));
    expect(patientOf('IM-0115-0001.jpeg')).toBe(patientOf('IM-0115-0001-0002.jpeg'));
    expect(patientOf('NORMAL2-IM-0115-0001.jpeg')).not.toBe(patientOf('IM-0115-0001.jpeg'));
    expect(patientOf('scan a.png')).not.toBe(patientOf('scan b.png'));
  });

  it('is read from two folders', async () => {
    const { pool, test } = await readDataSet(
      await folderWith('NORMAL/a.jpeg', 'PNEUMONIA/b.PNG', 'PNEUMONIA/c.txt'),
    );
    expect(pool.map(({ file }) => file)).toEqual(['NORMAL/a.jpeg', 'PNEUMONIA/b.PNG']);
    expect(test).toEqual([]);
  });

  it('is read as Kaggle lays it out, its test part kept apart', async () => {
    const folder = await folderWith(
      'train/NORMAL/a.jpeg',
      'train/PNEUMONIA/b.jpeg',
      'val/NORMAL/c.jpeg',
      'test/NORMAL/d.jpeg',
    );
    const { pool, test } = await readDataSet(folder);
    expect(pool.map(({ file }) => file)).toEqual([
      'train/NORMAL/a.jpeg',
      'train/PNEUMONIA/b.jpeg',
      'val/NORMAL/c.jpeg',
    ]);
    expect(test.map(({ file }) => file)).toEqual(['test/NORMAL/d.jpeg']);
  });

  it('says what is missing from a folder that is none', async () => {
    await expect(readDataSet(await folderWith('NORMAL/a.jpeg'))).rejects.toThrow(/holds no PNEUMONIA images/);
  });

  it('keeps the first of equal pictures and makes their patients one', () => {
    const { files, duplicates } = withoutDuplicates([
      hashed('NORMAL', 'a', '1'),
      hashed('NORMAL', 'b', '1'),
      hashed('NORMAL', 'b', '2'),
      hashed('NORMAL', 'c', '2'),
      hashed('NORMAL', 'c', '3'),
    ]);
    expect(files.map(({ content }) => content)).toEqual(['1', '2', '3']);
    expect(new Set(files.map(({ patient }) => patient))).toEqual(new Set(['a']));
    expect(duplicates).toBe(2);
  });

  it('keeps no picture that is there under both labels', () => {
    const { files, contradicted } = withoutDuplicates([
      hashed('NORMAL', 'a', '1'),
      hashed('PNEUMONIA', 'b', '1'),
    ]);
    expect(files).toEqual([]);
    expect(contradicted).toBe(1);
  });
});
