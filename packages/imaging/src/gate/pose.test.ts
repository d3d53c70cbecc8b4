import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { drawPhantom, type Orientation, type PreparedImage, prepareImage } from '../index.js';

const data = process.env.LUCENCY_DATA ?? join(import.meta.dirname, '../../../../../shared/data');
const fullSize = join(data, 'full-size');

async function prepared(bytes: Uint8Array): Promise<PreparedImage> {
  const answer = await prepareImage(bytes);
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value;
}

const turns: [number, Orientation][] = [
  [90, 'ROTATED_90'],
  [180, 'ROTATED_180'],
  [270, 'ROTATED_270'],
];

describe('how a picture lies', () => {
  it.each([1, 2, 3, 4])('finds nothing amiss with phantom %i', async (seed) => {
    const { orientation, inverted, mirrored } = await prepared(await drawPhantom({ seed }));
    expect({ orientation, inverted, mirrored }).toEqual({
      orientation: 'UPRIGHT',
      inverted: false,
      mirrored: false,
    });
  });

  it.each(turns)(
    'says that a phantom was turned by %i degrees, and leaves it turned',
    async (angle, orientation) => {
      const phantom = await drawPhantom({ seed: 5, width: 700, height: 600 });
      const upright = await prepared(phantom);
      const turned = await prepared(await sharp(phantom).rotate(angle).jpeg({ quality: 95 }).toBuffer());
      expect(turned.orientation).toBe(orientation);
      expect(turned.input.slice(0, 999)).not.toEqual(upright.input.slice(0, 999));
    },
  );

  it.skipIf(!existsSync(fullSize))(
    `tells turned, mirrored and negative X-rays from upright ones (needs ${data})`,
    async () => {
      const files = ['NORMAL', 'PNEUMONIA'].flatMap((label) =>
        readdirSync(join(fullSize, label))
          .slice(0, 10)
          .map((name) => join(fullSize, label, name)),
      );
      const told = { turned: 0, mirrored: 0, negative: 0, falsely: 0 };
      for (const file of files) {
        const open = () => sharp(file, { ignoreIcc: true });
        const asIs = await prepared(await open().jpeg().toBuffer());
        if (asIs.orientation !== 'UPRIGHT' || asIs.mirrored || asIs.inverted) told.falsely += 1;
        const turned = await prepared(await open().rotate(90).jpeg().toBuffer());
        if (turned.orientation === 'ROTATED_90') told.turned += 1;
        if ((await prepared(await open().flop().jpeg().toBuffer())).mirrored) told.mirrored += 1;
        if ((await prepared(await open().negate().jpeg().toBuffer())).inverted) told.negative += 1;
      }
      expect(told.falsely).toBe(0);
      expect(told.turned).toBeGreaterThanOrEqual(19);
      expect(told.negative).toBe(20);
      expect(told.mirrored).toBeGreaterThan(5);
    },
    120_000,
  );
});
