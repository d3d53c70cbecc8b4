import { type PixelDescription, squareSize } from './description.js';

export interface Raster {
  width: number;
  height: number;
  channels: 1 | 3;
  /** Row-major, channels of a pixel side by side. */
  pixels: Uint8Array;
}

/** Stretches the picture along the longer spacing, between its samples, so that pixels are square. */
export function squarePixels(raster: Raster, description: PixelDescription): Raster {
  const { width, height } = squareSize(description);
  if (width === raster.width && height === raster.height) return raster;
  const { channels, pixels } = raster;
  const stretched = new Uint8Array(width * height * channels);
  const [acrossScale, downScale] = [raster.width / width, raster.height / height];
  for (let y = 0; y < height; y += 1) {
    const [top, bottom, down] = between(y, downScale, raster.height);
    for (let x = 0; x < width; x += 1) {
      const [left, right, across] = between(x, acrossScale, raster.width);
      for (let band = 0; band < channels; band += 1) {
        const shade = (row: number, column: number) =>
          pixels[(row * raster.width + column) * channels + band] ?? 0;
        const upper = shade(top, left) * (1 - across) + shade(top, right) * across;
        const lower = shade(bottom, left) * (1 - across) + shade(bottom, right) * across;
        stretched[(y * width + x) * channels + band] = Math.round(upper * (1 - down) + lower * down);
      }
    }
  }
  return { width, height, channels, pixels: stretched };
}

/** The two samples around the middle of a stretched pixel, and how far it lies towards the second. */
function between(at: number, scale: number, count: number): [number, number, number] {
  const place = Math.min(count - 1, Math.max(0, (at + 0.5) * scale - 0.5));
  const first = Math.floor(place);
  return [first, Math.min(count - 1, first + 1), place - first];
}
