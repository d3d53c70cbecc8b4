import type { LungMask } from '@lucency/imaging/lungs';
import { inputSize } from '@lucency/model/card';
import sharp from 'sharp';

/** A picture of any size, white inside and black outside. */
export async function readMask(path: string): Promise<LungMask> {
  const grey = await sharp(path)
    .toColourspace('b-w')
    .resize(inputSize, inputSize, { fit: 'fill', kernel: 'nearest' })
    .raw()
    .toBuffer();
  return { side: inputSize, bits: Uint8Array.from(grey, (value) => (value >= 128 ? 1 : 0)) };
}
