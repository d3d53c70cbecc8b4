import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Progress } from '@lucency/command-line';
import { readDataSet } from '@lucency/evaluation';
import { readPicture } from '@lucency/imaging';
import { lungsSide, toLungsInput } from '@lucency/model/lungs';
import sharp from 'sharp';
import { z } from 'zod';
import { type PartName, splitByPatient } from '../dataset/split.js';
import type { SelfLabelled } from './self-labelled.js';

/** A picture whose lungs are known. */
export interface LungExample {
  /** In the store. */
  readonly index: number;
  readonly patient: string;
  /** By a person; the others were predicted, good enough to learn from and not to be judged on. */
  readonly drawn: boolean;
}

export interface LungData {
  readonly parts: Readonly<Record<PartName, readonly LungExample[]>>;
  readonly store: LungStore;
}

const pixels = lungsSide * lungsSide;

/** Pictures and masks of 128 x 128 in bytes, shared with threads without copying. */
export class LungStore {
  readonly memory: SharedArrayBuffer;
  readonly #bytes: Uint8Array;

  constructor(examples: number | SharedArrayBuffer) {
    this.memory = typeof examples === 'number' ? new SharedArrayBuffer(2 * examples * pixels) : examples;
    this.#bytes = new Uint8Array(this.memory);
  }

  put(index: number, shades: Float32Array, mask: Float32Array): void {
    const bytes = (values: Float32Array) => values.map((value) => Math.round(255 * value));
    this.#bytes.set(bytes(shades), 2 * index * pixels);
    this.#bytes.set(bytes(mask), (2 * index + 1) * pixels);
  }

  shades(index: number): Float32Array {
    return this.#read(2 * index);
  }

  /** Share of lung in every pixel. */
  mask(index: number): Float32Array {
    return this.#read(2 * index + 1);
  }

  get length(): number {
    return this.#bytes.length / pixels / 2;
  }

  #read(place: number): Float32Array {
    const bytes = this.#bytes.subarray(place * pixels, (place + 1) * pixels);
    return Float32Array.from(bytes, (value) => value / 255);
  }
}

/** Those of a training run and of the run that measures the gate on patients held out. */
export const lungShares = { test: 0.15, validation: 0.15, calibration: 0 };
const atOnce = 16;

/**
 * Every picture of the data set with its mask, `MASKS/NORMAL/NAME.png` or `MASKS/PNEUMONIA/NAME.png`, divided by
 * patient. `MASKS/drawn-by-people.json` lists those that people drew.
 */
export async function readLungExamples(
  data: string,
  masks: string,
  seed: number,
  progress: Progress,
  also: readonly SelfLabelled[] = [],
): Promise<LungData> {
  const listed = await readFile(join(masks, 'drawn-by-people.json'), 'utf8');
  const drawn = new Set(z.array(z.string()).parse(JSON.parse(listed)));
  const { pool: all } = await readDataSet(data);
  // Beside another source's predicted masks those of the same source have nothing more to teach.
  const pool =
    also.length > 0 ? all.filter(({ file, label }) => drawn.has(`${label}/${baseName(file)}.png`)) : all;
  const store = new LungStore(pool.length + also.length);
  for (const [at, { shades, mask }] of also.entries()) store.put(pool.length + at, shades, mask);
  const read = new Map<string, LungExample>();
  for (let start = 0; start < pool.length; start += atOnce) {
    const batch = pool.slice(start, start + atOnce).map(async ({ path, file, label, patient }, place) => {
      const name = `${label}/${baseName(file)}.png`;
      const [picture, mask] = await Promise.all([
        readFile(path).then((bytes) => readPicture(bytes)),
        readMask(join(masks, name)),
      ]);
      if (!picture.ok) return progress.say(`left out: ${file} is refused: ${picture.reason}`);
      if (!mask) return progress.say(`left out: ${file} has no mask`);
      const index = start + place;
      const side = Math.sqrt(picture.value.shades.length);
      store.put(index, toLungsInput(picture.value.shades, side), mask);
      read.set(path, { index, patient, drawn: drawn.has(name) });
    });
    await Promise.all(batch);
    progress.show('reading pictures and masks', Math.min(start + atOnce, pool.length), pool.length);
  }
  // Of all, whatever of it is read: who is held out in one round is so in the next.
  const split = splitByPatient(all, lungShares, seed);
  const part = (name: PartName) =>
    split[name].flatMap(({ path }) => {
      const example = read.get(path);
      return example ? [example] : [];
    });
  return {
    parts: {
      train: [
        ...part('train'),
        ...also.map(({ patient }, at) => ({ index: pool.length + at, patient, drawn: false })),
      ],
      validation: part('validation'),
      calibration: part('calibration'),
      test: part('test'),
    },
    store,
  };
}

/** Share of lung in every pixel of 128 x 128; undefined where there is no such file. */
async function readMask(path: string): Promise<Float32Array | undefined> {
  const bytes = await readFile(path).catch(() => undefined);
  if (!bytes) return undefined;
  const { data, info } = await sharp(bytes)
    .toColourspace('b-w')
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return toLungsInput(
    Float32Array.from(data, (value) => (value > 127 ? 1 : 0)),
    info.width,
  );
}

function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\.[^.]+$/, '');
}
