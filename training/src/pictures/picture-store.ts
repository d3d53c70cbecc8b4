import { inputSize } from '@lucency/model/card';
import type { Picture } from '../augmentation/picture.js';

const pixels = inputSize * inputSize;

/** Grey pictures of 224 x 224 in bytes, shared with worker threads without copying. */
export class PictureStore {
  readonly memory: SharedArrayBuffer;
  readonly #bytes: Uint8Array;

  constructor(pictures: number | SharedArrayBuffer) {
    this.memory = typeof pictures === 'number' ? new SharedArrayBuffer(pictures * pixels) : pictures;
    this.#bytes = new Uint8Array(this.memory);
  }

  get length(): number {
    return this.#bytes.length / pixels;
  }

  put(index: number, { shades }: Picture): void {
    this.#bytes.set(
      shades.map((shade) => Math.round(255 * shade)),
      index * pixels,
    );
  }

  picture(index: number): Picture {
    const bytes = this.#bytes.subarray(index * pixels, (index + 1) * pixels);
    return { side: inputSize, shades: Float32Array.from(bytes, (value) => value / 255) };
  }
}
