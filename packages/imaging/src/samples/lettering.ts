/** Our own 5 x 7 letters: seven rows of five bits each, top first. No machine needs a font installed. */
const letters: Record<string, readonly number[]> = {
  A: [14, 17, 17, 31, 17, 17, 17],
  B: [30, 17, 17, 30, 17, 17, 30],
  C: [14, 17, 16, 16, 16, 17, 14],
  D: [30, 17, 17, 17, 17, 17, 30],
  E: [31, 16, 16, 30, 16, 16, 31],
  F: [31, 16, 16, 30, 16, 16, 16],
  G: [14, 17, 16, 23, 17, 17, 14],
  H: [17, 17, 17, 31, 17, 17, 17],
  I: [14, 4, 4, 4, 4, 4, 14],
  L: [16, 16, 16, 16, 16, 16, 31],
  M: [17, 27, 21, 21, 17, 17, 17],
  N: [17, 25, 21, 19, 17, 17, 17],
  O: [14, 17, 17, 17, 17, 17, 14],
  P: [30, 17, 17, 30, 16, 16, 16],
  R: [30, 17, 17, 30, 20, 18, 17],
  S: [15, 16, 16, 14, 1, 1, 30],
  T: [31, 4, 4, 4, 4, 4, 4],
  U: [17, 17, 17, 17, 17, 17, 14],
  V: [17, 17, 17, 17, 17, 10, 4],
  X: [17, 17, 10, 4, 10, 17, 17],
  Y: [17, 17, 10, 4, 4, 4, 4],
};

/** A grey picture, row-major, one byte a pixel. */
export interface Raster {
  pixels: Uint8Array;
  width: number;
  height: number;
}

/**
 * Burns capital letters into a raster.
 * @param dot pixels a side of each of a letter's 5 x 7 dots.
 */
export function letter(
  raster: Raster,
  text: string,
  left: number,
  top: number,
  dot: number,
  shade: number,
): void {
  [...text].forEach((character, place) => {
    letters[character]?.forEach((row, down) => {
      for (let across = 0; across < 5; across += 1) {
        if ((row >> (4 - across)) & 1)
          fill(raster, left + (place * 6 + across) * dot, top + down * dot, dot, shade);
      }
    });
  });
}

function fill(
  { pixels, width, height }: Raster,
  left: number,
  top: number,
  side: number,
  shade: number,
): void {
  for (let y = top; y < Math.min(height, top + side); y += 1) {
    pixels.fill(shade, y * width + left, y * width + Math.min(width, left + side));
  }
}
