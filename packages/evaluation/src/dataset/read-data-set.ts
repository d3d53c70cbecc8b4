import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { picturesIn } from '@lucency/imaging';
import { patientOf } from './patients.js';

export const labels = ['NORMAL', 'PNEUMONIA'] as const;
export type Label = (typeof labels)[number];

export interface LabelledFile {
  /** Below the data set's directory, with `/`. */
  readonly file: string;
  readonly path: string;
  readonly label: Label;
  readonly patient: string;
}

/** A place in a picture, in shares of its sides. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** An image of one of several sources, with what its source knows of it. */
export interface SourcedFile extends LabelledFile {
  /** The data set's name. */
  readonly source: string;
  /** Abnormal, but without pneumonia: labelled NORMAL, and the hardest of these. */
  readonly otherAbnormal: boolean;
  /** The label was found in a report by a program, and nobody looked at the picture. */
  readonly textMined: boolean;
  /** Where radiologists marked an opacity; none where nobody was asked. */
  readonly boxes: readonly Box[];
  /** What else its source says of it, by column: view, sex, age band. */
  readonly groups: Readonly<Record<string, string>>;
}

export interface DataSetFiles {
  readonly pool: readonly LabelledFile[];
  /** The data set's own test part, never to be learnt from; empty where it has none. */
  readonly test: readonly LabelledFile[];
}

/** The name of the source that comes in class folders. */
export const homeSource = 'Kermany';

/** As files of the home source, whose labels physicians gave to each picture. */
export function atHome(files: readonly LabelledFile[], source = homeSource): SourcedFile[] {
  return files.map((file) => ({
    ...file,
    source,
    otherAbnormal: false,
    textMined: false,
    boxes: [],
    groups: {},
  }));
}

/**
 * Reads `DIR/NORMAL` and `DIR/PNEUMONIA`, or, as Kaggle lays the same data set out, `DIR/train` and `DIR/val`
 * joined with `DIR/test` apart. Throws, naming what was looked for, when either class has no image.
 */
export async function readDataSet(directory: string): Promise<DataSetFiles> {
  const parts = ['train', 'val', 'test'].filter((part) => existsSync(join(directory, part)));
  const pool = parts.includes('train')
    ? (
        await Promise.all(
          parts.filter((part) => part !== 'test').map((part) => readLabelled(directory, part)),
        )
      ).flat()
    : await readLabelled(directory, '');
  const test = parts.includes('train') && parts.includes('test') ? await readLabelled(directory, 'test') : [];
  for (const label of labels)
    if (!pool.some((file) => file.label === label))
      throw new Error(
        `${directory} holds no ${label} images. It must hold the folders NORMAL and PNEUMONIA, or train/NORMAL, ` +
          'train/PNEUMONIA and so on, with DICOM, JPEG or PNG images.',
      );
  return { pool, test };
}

/** The images of one folder with `NORMAL` and `PNEUMONIA` in it, in a fixed order. */
export async function readLabelled(directory: string, part: string): Promise<LabelledFile[]> {
  const perLabel = await Promise.all(
    labels.map(async (label) => {
      const folder = join(directory, part, label);
      const names = existsSync(folder) ? await picturesIn(folder, { recursive: false }) : [];
      return names.map((name) => ({
        file: [part, label, name].filter(Boolean).join('/'),
        path: join(folder, name),
        label,
        patient: patientOf(name),
      }));
    }),
  );
  return perLabel.flat();
}
