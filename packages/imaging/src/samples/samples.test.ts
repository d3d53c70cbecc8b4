import sharp from 'sharp';
import { expect, it } from 'vitest';
import { drawPhantom } from '../index.js';

it('draws the same chest for the same seed and another for another', async () => {
  const size = { width: 300, height: 240 };
  const first = await drawPhantom({ seed: 5, ...size });
  expect(await drawPhantom({ seed: 5, ...size })).toEqual(first);
  expect(await drawPhantom({ seed: 6, ...size })).not.toEqual(first);
});

it('draws consolidation as a brighter lung', async () => {
  const brightness = async (pneumonia: boolean) => {
    const { channels } = await sharp(await drawPhantom({ seed: 5, pneumonia })).stats();
    return channels[0]?.mean ?? 0;
  };
  expect(await brightness(true)).toBeGreaterThan((await brightness(false)) + 2);
});

it('burns SYNTHETIC into the corner of every phantom', async () => {
  const phantom = await drawPhantom({ seed: 5, width: 1500, height: 1200 });
  const corner = await sharp(phantom).extract({ left: 20, top: 20, width: 216, height: 28 }).stats();
  const lit = corner.channels[0];
  expect(lit?.max).toBeGreaterThan(200);
  expect(lit?.stdev).toBeGreaterThan(40);
});
