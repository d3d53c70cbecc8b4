import { encodeRaster, letter, type Raster, resizeRaster } from '@lucency/imaging/drawing';
import { normal, type Random } from '../random.js';

/** What happens to X-rays on their way, as harshly as it should still be read. */
export const disturbances: Readonly<Record<string, (xray: Raster, random: Random) => Promise<Uint8Array>>> = {
  'border cropped by 12 %': async (xray) => encodeRaster(await cropped(xray, 0.12)),
  dark: (xray) => encodeRaster(mapped(xray, (shade) => shade ** 1.65 - 0.05)),
  bright: (xray) => encodeRaster(mapped(xray, (shade) => shade ** 0.6 + 0.05)),
  'contrast up': (xray) => encodeRaster(mapped(xray, (shade) => 0.5 + 1.5 * (shade - 0.5))),
  'contrast down': (xray) => encodeRaster(mapped(xray, (shade) => 0.5 + 0.5 * (shade - 0.5))),
  blurred: async (xray) => encodeRaster(await coarse(xray, 112)),
  noisy: (xray, random) => encodeRaster(mapped(xray, (shade) => shade + 0.05 * normal(random))),
  'marker painted': (xray, random) => encodeRaster(marked(xray, random)),
  equalized: (xray) => encodeRaster(equalized(xray)),
  'JPEG of quality 30': (xray) => encodeRaster(xray, 30),
  'JPEG of quality 40': (xray) => encodeRaster(xray, 40),
  'from 96 pixels': async (xray) => encodeRaster(await coarse(xray, 96)),
  '128 pixels': async (xray) => encodeRaster(await resizeRaster(xray, 128, 128)),
};

function mapped({ pixels, ...size }: Raster, change: (shade: number) => number): Raster {
  return {
    ...size,
    pixels: pixels.map((byte) => Math.min(255, Math.max(0, Math.round(255 * change(byte / 255))))),
  };
}

/** Reduced and enlarged again: what a small picture keeps. */
async function coarse(xray: Raster, side: number): Promise<Raster> {
  return resizeRaster(await resizeRaster(xray, side, side), xray.width, xray.height);
}

function cropped({ pixels, width, height }: Raster, share: number): Promise<Raster> {
  const [left, top] = [Math.round(width * share), Math.round(height * share)];
  const inner = { width: width - 2 * left, height: height - 2 * top };
  const kept = new Uint8Array(inner.width * inner.height);
  for (let row = 0; row < inner.height; row += 1) {
    const from = (row + top) * width + left;
    kept.set(pixels.subarray(from, from + inner.width), row * inner.width);
  }
  return resizeRaster({ pixels: kept, ...inner }, width, height);
}

function marked(xray: Raster, random: Random): Raster {
  const painted = { ...xray, pixels: xray.pixels.slice() };
  const text = random() < 0.5 ? 'L' : 'AP ERECT';
  letter(painted, text, Math.round((random() < 0.5 ? 0.05 : 0.6) * xray.width), 10, 3, 250);
  return painted;
}

/** Every shade as often as every other. */
function equalized({ pixels, ...size }: Raster): Raster {
  const counts = new Float64Array(256);
  for (const byte of pixels) counts[byte] = (counts[byte] ?? 0) + 1;
  let below = 0;
  const ranks = counts.map((count) => {
    below += count;
    return (255 * (below - count / 2)) / pixels.length;
  });
  return { ...size, pixels: pixels.map((byte) => Math.round(ranks[byte] ?? 0)) };
}
