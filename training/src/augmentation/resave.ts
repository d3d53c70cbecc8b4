import { between, type Random } from '@lucency/statistics';
import sharp from 'sharp';
import type { Picture } from './picture.js';

const kernels = ['nearest', 'linear', 'cubic', 'mitchell', 'lanczos2', 'lanczos3'] as const;
export type ResizeKernel = (typeof kernels)[number];

export function anyKernel(random: Random): ResizeKernel {
  // The nearest neighbour only now and then: nobody means to use it.
  const index = random() < 0.1 ? 0 : 1 + Math.floor(random() * (kernels.length - 1));
  return kernels[index] ?? 'linear';
}

export interface Saving {
  /** Pixels of the saved file's side. */
  readonly side: number;
  readonly kernel: ResizeKernel;
  /** 1 to 100; without it nothing is lost to JPEG. */
  readonly jpegQuality?: number;
}

/** Saved at another size, as JPEG if asked for, and read again at its own size. */
export async function resave(
  picture: Picture,
  saving: Saving,
  back: ResizeKernel = 'linear',
): Promise<Picture> {
  const { side } = picture;
  const bytes = Uint8Array.from(picture.shades, (shade) => Math.round(255 * shade));
  let file = sharp(bytes, { raw: { width: side, height: side, channels: 1 } });
  if (saving.side !== side)
    file = file.resize(saving.side, saving.side, { fit: 'fill', kernel: saving.kernel });
  const saved =
    saving.jpegQuality === undefined
      ? file.png({ compressionLevel: 0 })
      : file.jpeg({ quality: saving.jpegQuality, optimiseCoding: false });
  let read = sharp(await saved.toBuffer());
  if (saving.side !== side)
    read = read.resize(side, side, { fit: 'fill', kernel: back, fastShrinkOnLoad: false });
  const pixels = await read.toColourspace('b-w').raw().toBuffer();
  return { side, shades: Float32Array.from(pixels, (value) => value / 255) };
}

/** As some archive, viewer or script might have saved it. */
export function resaveSomehow(picture: Picture, random: Random): Promise<Picture> {
  const side = random() < 0.5 ? picture.side : Math.round(picture.side * between(random, 0.55, 1.4));
  const jpegQuality = Math.round(between(random, 40, 95));
  return resave(picture, { side, kernel: anyKernel(random), jpegQuality }, anyKernel(random));
}
