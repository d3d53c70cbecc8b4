import type { LungMask } from '@lucency/imaging/lungs';
import { inputSize } from '@lucency/model/card';
import type { Picture } from '../augmentation/picture.js';

const pixels = inputSize * inputSize;

/** What worker threads share. */
export interface SharedPictures {
  readonly pictures: SharedArrayBuffer;
  /** 1 in the lungs; absent where pictures are looked at whole. */
  readonly lungs: SharedArrayBuffer | undefined;
}

/** Grey pictures of 224 x 224 in bytes, with their lungs, shared with worker threads without copying. */
export class PictureStore {
  readonly memory: SharedPictures;
  readonly #bytes: Uint8Array;
  readonly #lungs: Uint8Array | undefined;

  constructor(pictures: number | SharedPictures, { withLungs = false } = {}) {
    this.memory =
      typeof pictures === 'number'
        ? {
            pictures: new SharedArrayBuffer(pictures * pixels),
            lungs: withLungs ? new SharedArrayBuffer(pictures * pixels) : undefined,
          }
        : pictures;
    this.#bytes = new Uint8Array(this.memory.pictures);
    this.#lungs = this.memory.lungs ? new Uint8Array(this.memory.lungs) : undefined;
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

  /** `lungs`: of the picture's side. */
  putLungs(index: number, { bits }: LungMask): void {
    this.#lungs?.set(bits, index * pixels);
  }

  picture(index: number): Picture {
    const bytes = this.#bytes.subarray(index * pixels, (index + 1) * pixels);
    return { side: inputSize, shades: Float32Array.from(bytes, (value) => value / 255) };
  }

  /** A picture's lungs; undefined where pictures are looked at whole. */
  lungs(index: number): LungMask | undefined {
    const bits = this.#lungs?.subarray(index * pixels, (index + 1) * pixels);
    return bits && { side: inputSize, bits };
  }
}
