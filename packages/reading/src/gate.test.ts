import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assessQuality, drawPhantom, drawRefusedSample, prepareImage, type Quality } from '@lucency/imaging';
import {
  type LungRule,
  locateLungs,
  openSegmenter,
  readLungsCard,
  readLungsWeights,
  type Segmenter,
} from '@lucency/model/lungs';
import { seededRandom } from '@lucency/statistics';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerQuestion } from './lungs/answer.js';

const data = process.env.LUCENCY_DATA ?? join(import.meta.dirname, '../../../../shared/data');

let segmenter: Segmenter;
let rule: LungRule;

beforeAll(async () => {
  const directory = await locateLungs();
  ({ rule } = await readLungsCard(directory));
  segmenter = await openSegmenter(await readLungsWeights(directory));
});
afterAll(() => segmenter?.close());

/** The whole gate: what the picture is like, and whether it has lungs. */
async function gate(bytes: Uint8Array): Promise<Quality> {
  const prepared = await prepareImage(bytes);
  if (!prepared.ok) return { acceptable: false, reason: prepared.reason };
  const { measures, input, orientation } = prepared.value;
  const quality = assessQuality(measures);
  if (!quality.acceptable) return quality;
  const { refusal } = await answerQuestion({ input, orientation, crop: 'none' }, segmenter, rule);
  return refusal ? { acceptable: false, reason: refusal } : quality;
}

function imagesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.jpeg'))
    .map((name) => join(folder, name));
}

async function page(body: string, background = '#fff'): Promise<Uint8Array> {
  // Only this test may read SVG; the package closes that loader.
  sharp.unblock({ operation: ['VipsForeignLoadSvg'] });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="1500"><rect width="1200" height="1500" fill="${background}"/>${body}</svg>`;
  const rendered = await sharp(Buffer.from(svg)).png().toBuffer();
  sharp.block({ operation: ['VipsForeignLoadSvg'] });
  return rendered;
}

function noise(width: number, height: number, channels: 1 | 3): Promise<Uint8Array> {
  const random = seededRandom(channels);
  const bell = () => 128 + 80 * (random() + random() + random() - 1.5);
  const pixels = Uint8Array.from({ length: width * height * channels }, bell);
  return sharp(pixels, { raw: { width, height, channels } }).png().toBuffer();
}

describe('the gate', () => {
  it.skipIf(!existsSync(data))(
    `refuses at most one in a hundred real X-rays (needs ${data})`,
    async () => {
      const all = [
        ...imagesUnder(join(data, 'full-size')),
        ...imagesUnder(join(data, 'chest-xray')).filter((_, at) => at % 25 === 0),
      ];
      const refused: string[] = [];
      for (const file of all) {
        const answer = await gate(readFileSync(file));
        if (!answer.acceptable) refused.push(`${file}: ${answer.reason}`);
      }
      expect(all.length).toBeGreaterThan(250);
      expect(refused.length, refused.join('\n')).toBeLessThanOrEqual(all.length / 100);
    },
    60_000,
  );

  it.skipIf(!existsSync(data))(
    `turns round the negatives of real X-rays and nothing else (needs ${data})`,
    async () => {
      let turned = 0;
      const all = imagesUnder(join(data, 'full-size'));
      for (const file of all) {
        const asIs = await prepareImage(readFileSync(file));
        expect(asIs.ok && asIs.value.inverted).toBe(false);
        const negative = await sharp(file, { ignoreIcc: true }).negate().jpeg().toBuffer();
        const prepared = await prepareImage(negative);
        if (prepared.ok && prepared.value.inverted) turned += 1;
      }
      expect(turned).toBe(all.length);
    },
    60_000,
  );

  it.each([1, 2, 3])('accepts phantom %i, healthy and with pneumonia', async (seed) => {
    expect(await gate(await drawPhantom({ seed }))).toEqual({ acceptable: true });
    expect(await gate(await drawPhantom({ seed, pneumonia: true }))).toEqual({ acceptable: true });
  });

  it.each(['#000', '#fff', '#808080', '#c03050'])(
    'calls an image of nothing but %s blank',
    async (background) => {
      const blank = await sharp({ create: { width: 900, height: 900, channels: 3, background } })
        .png()
        .toBuffer();
      expect(await gate(blank)).toEqual({ acceptable: false, reason: 'BLANK' });
    },
  );

  it('refuses what people send by mistake', async () => {
    const notChest = { acceptable: false, reason: 'NOT_CHEST_XRAY' };
    expect(await gate(await drawRefusedSample('photograph'))).toEqual(notChest);
    expect(await gate(await drawRefusedSample('page'))).toEqual(notChest);
    expect(await gate(await drawRefusedSample('blank'))).toEqual({ acceptable: false, reason: 'BLANK' });
    expect((await gate(await noise(800, 800, 3))).acceptable).toBe(false);
    expect((await gate(await noise(800, 800, 1))).acceptable).toBe(false);
  });

  it('refuses screenshots and charts', async () => {
    const windows = Array.from(
      { length: 30 },
      (_, row) =>
        `<rect x="300" y="${row * 50}" width="${300 + ((row * 137) % 500)}" height="14" fill="#345"/><rect x="20" y="${row * 50}" width="200" height="20" fill="#bbc"/>`,
    ).join('');
    const chart = `<path d="M100 1400 L100 100 M100 1400 L1100 1400" stroke="#000" stroke-width="6"/><path d="M100 1300 C400 1200 600 300 1100 200" fill="none" stroke="#06c" stroke-width="8"/>`;
    for (const picture of [await page(windows), await page(chart), await page(windows, '#111')])
      expect((await gate(picture)).acceptable).toBe(false);
  });

  it('asks for a turned X-ray upright', async () => {
    const phantom = await drawPhantom({ seed: 5 });
    const turned = await sharp(phantom).rotate(90).jpeg({ quality: 95 }).toBuffer();
    expect(await gate(turned)).toEqual({ acceptable: false, reason: 'TURNED' });
  });

  it('refuses an X-ray that is far too dark or far too bright', async () => {
    const phantom = await drawPhantom({ seed: 4 });
    const dark = await sharp(phantom).linear(0.15, 0).jpeg().toBuffer();
    const bright = await sharp(phantom).linear(0.15, 235).jpeg().toBuffer();
    expect(await gate(dark)).toEqual({ acceptable: false, reason: 'POOR_EXPOSURE' });
    expect((await gate(bright)).acceptable).toBe(false);
  });
});
