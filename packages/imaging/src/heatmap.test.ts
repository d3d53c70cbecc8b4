import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { enlarge, heatmapLegend, renderHeatmap } from './index.js';

const only = (cell: number, value = 3) => Array.from({ length: 49 }, (_, at) => (at === cell ? value : -1));

async function pixelsOf(png: Uint8Array): Promise<Buffer> {
  return sharp(png).raw().toBuffer();
}

describe('the heatmap', () => {
  it('is a transparent PNG of 224 x 224', async () => {
    const { png } = await renderHeatmap(only(24), { strong: 1 });
    expect(await sharp(png).metadata()).toMatchObject({
      format: 'png',
      width: 224,
      height: 224,
      hasAlpha: true,
    });
  });

  it('is strongest over the centre of the cell that holds the evidence', async () => {
    for (const [cell, row, column] of [
      [0, 0, 0],
      [24, 3, 3],
      [48, 6, 6],
      [8, 1, 1],
    ] as const) {
      const enlarged = enlarge(only(cell), 224);
      const middle = enlarged[(row * 32 + 16) * 224 + column * 32 + 16] ?? 0;
      expect(middle).toBeGreaterThan(3 * 0.95);
      expect(Math.max(...enlarged)).toBeLessThanOrEqual(3);
    }
  });

  it('covers the whole original in its shape, and is transparent outside of what was read', async () => {
    const region = { x: 0.25, y: 0, width: 0.5, height: 1 };
    const { png, width, height } = await renderHeatmap(Array(49).fill(3), {
      strong: 1,
      width: 2_000,
      height: 1_000,
      region,
    });
    expect({ width, height }).toEqual({ width: 224, height: 112 });
    const pixels = await pixelsOf(png);
    const alpha = (x: number, y: number) => pixels[(y * 224 + x) * 4 + 3] ?? 0;
    for (const y of [0, 56, 111]) {
      expect([alpha(0, y), alpha(55, y), alpha(168, y), alpha(223, y)]).toEqual([0, 0, 0, 0]);
      expect(Math.min(alpha(56, y), alpha(112, y), alpha(167, y))).toBeGreaterThan(100);
    }
  });

  it('shows a mirrored map as the mirrored picture', () => {
    const evidence = Array.from({ length: 49 }, (_, at) => Math.sin(at * 1.7));
    const mirrored = evidence.map((_, at) => evidence[Math.floor(at / 7) * 7 + (6 - (at % 7))] ?? 0);
    const one = enlarge(evidence, 224);
    const other = enlarge(mirrored, 224);
    one.forEach((value, at) => {
      const opposite = other[Math.floor(at / 224) * 224 + (223 - (at % 224))] ?? 0;
      if (Math.abs(value - opposite) > 1e-5) throw new Error(`differs at ${at}`);
    });
  });

  it('hides nothing where there is no evidence, and covers more the stronger it is', async () => {
    const { png, peak, scaleTop, empty } = await renderHeatmap(only(24), { strong: 1 });
    const pixels = await pixelsOf(png);
    expect({ peak, scaleTop, empty }).toEqual({ peak: 3, scaleTop: 3, empty: false });
    expect(pixels[3]).toBe(0);
    const alphas = [112, 120, 128, 136].map((x) => pixels[(112 * 224 + x) * 4 + 3] ?? 0);
    expect(alphas).toEqual([...alphas].sort((a, b) => b - a));
    expect(alphas[0]).toBeGreaterThan(200);
  });

  it('shows little evidence as little, and next to none as none', async () => {
    const alphaAt = async (evidence: number) => {
      const { png, scaleTop, empty } = await renderHeatmap(only(24, evidence), { strong: 1 });
      return { scaleTop, empty, alpha: (await pixelsOf(png))[(112 * 224 + 112) * 4 + 3] ?? 0 };
    };
    const strong = await alphaAt(1);
    const weak = await alphaAt(0.4);
    expect(weak).toMatchObject({ scaleTop: 1, empty: false });
    expect(weak.alpha).toBeLessThan(strong.alpha / 2);
    expect(await alphaAt(0.05)).toEqual({ scaleTop: 1, empty: true, alpha: 0 });
  });

  it('says when nothing speaks for the finding', async () => {
    const { png, peak, empty } = await renderHeatmap(Array(49).fill(-2), { strong: 1 });
    expect({ peak, empty }).toEqual({ peak: 0, empty: true });
    expect((await pixelsOf(png)).every((value, at) => at % 4 !== 3 || value === 0)).toBe(true);
  });

  it('has a legend that grows in lightness from nothing to the peak', () => {
    const { colorMap, stops } = heatmapLegend;
    expect(colorMap).toBe('inferno');
    expect(stops.at(0)).toEqual({ position: 0, color: '#00000400' });
    expect(stops.at(-1)?.position).toBe(1);
    const lightness = stops.map(({ color }) => {
      const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
        Number.parseInt(color.slice(at, at + 2), 16),
      );
      return 0.2126 * (red / 255) ** 2.2 + 0.7152 * (green / 255) ** 2.2 + 0.0722 * (blue / 255) ** 2.2;
    });
    expect(lightness).toEqual([...lightness].sort((a, b) => a - b));
  });
});
