import { prepareImage } from '@lucency/imaging';
import { encodeRaster } from '@lucency/imaging/drawing';
import {
  type Examination,
  examine,
  type GateConstants,
  type Picture,
  readPicture,
} from '@lucency/imaging/gate';
import type { ModelRunner } from '@lucency/model/onnx';
import type { Picture as ShadedPicture } from '../augmentation/picture.js';
import { halfPlain, shiftedTreatments, type Treatment, treat } from '../augmentation/treatments.js';
import type { Progress } from '../progress.js';
import { seededRandom } from '../random.js';
import { inBatches } from './in-batches.js';
import type { XRay } from './x-rays.js';

/** A picture as decoded, its shades in bytes: thousands are held at once. */
export interface Held extends Omit<Picture, 'shades'> {
  readonly bytes: Uint8Array;
  /** What conv3 sees in it as the services show it to the model, 512 values. */
  readonly texture: Float32Array;
}

/** How pictures are read for the gate, and who hears of it. */
export interface Reading {
  readonly runner: Pick<ModelRunner, 'run'>;
  readonly progress: Progress;
}

/** Pictures that belong together; null for what could not be decoded or was too small. */
export interface View {
  readonly name: string;
  readonly pictures: readonly (Held | null)[];
}

/** What the services see in a picture, without its pixels. */
export interface Look extends Omit<Examination, 'shades'> {
  readonly texture: Float32Array;
}

const storedQuality = 75;

/** Every X-ray as it is, and in every disturbance. */
export async function everyView(xRays: readonly XRay[], seed: number, reading: Reading): Promise<View[]> {
  const views: View[] = [];
  for (const treatment of shiftedTreatments)
    views.push(
      await viewOf(treatment, xRays, ({ picture }, at) => fileOf(picture, treatment, seed + at), reading),
    );
  return views;
}

/** Half of the X-rays as they are, half in a disturbance. */
export function mixedView(xRays: readonly XRay[], seed: number, reading: Reading): Promise<View> {
  const draw = ({ picture }: XRay, at: number) => fileOf(picture, halfPlain(at), seed + at);
  return viewOf('training X-rays', xRays, draw, reading);
}

/** A JPEG of the picture so treated, of the quality that the data set's files have. */
async function fileOf(picture: ShadedPicture, treatment: Treatment, seed: number): Promise<Uint8Array> {
  const { side, shades } = await treat(picture, treatment, seededRandom(seed), picture.side);
  const pixels = Uint8Array.from(shades, (shade) => Math.round(255 * shade));
  return encodeRaster({ pixels, width: side, height: side }, storedQuality);
}

/** Makes a file of each item and decodes it as the services would. */
export async function viewOf<T>(
  name: string,
  items: readonly T[],
  encode: (item: T, at: number) => Promise<Uint8Array>,
  { runner, progress }: Reading,
): Promise<View> {
  const pictures = await inBatches(items, async (item, at) => {
    const file = await encode(item, at);
    const [read, prepared] = await Promise.all([readPicture(file), prepareImage(file)]);
    progress.show(name, at + 1, items.length);
    if (!read.ok || !prepared.ok) return null;
    const { texture } = await runner.run([prepared.value.input]);
    return held(read.value, texture);
  });
  return { name, pictures };
}

function held({ shades, colour, width, height, region }: Picture, texture: Float32Array): Held {
  const bytes = new Uint8Array(shades.length);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = Math.round(255 * (shades[at] ?? 0));
  return { bytes, colour, width, height, region, texture };
}

/** [224, 224] in 0..1. */
export function shadesOf({ bytes }: Held): Float32Array {
  const shades = new Float32Array(bytes);
  for (let at = 0; at < shades.length; at += 1) shades[at] = (shades[at] ?? 0) / 255;
  return shades;
}

export function look({ pictures }: View, constants: GateConstants): (Look | null)[] {
  return pictures.map((picture) => {
    if (!picture) return null;
    const { shades: _, ...rest } = examine({ ...picture, shades: shadesOf(picture) }, constants);
    return { ...rest, texture: picture.texture };
  });
}
