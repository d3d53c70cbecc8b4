import { createRequire } from 'node:module';
import { heatmapLegend } from '@lucency/imaging';
import sharp, { type OverlayOptions } from 'sharp';
import { localDateTime } from './common-elements.js';
import type { ResultToSend, SentHeatmap, SentReading } from './facts.js';
import { cautiousHeatmap, notForDiagnosis } from './wording.js';

/** RGB, row by row. */
export interface CapturePicture {
  pixels: Uint8Array;
  width: number;
  height: number;
}

/** Of the X-ray in the picture; what stands below it comes on top. */
const longestSide = 1_024;
/** Narrower pictures get room beside them, so that the text below is no column. */
const leastWidth = 640;
const margin = 14;
const textSize = 15;
const bar = { width: 180, height: 12 };
const paper = '#0b0b0c';
const ink = '#d6d6d6';
const warning = '#e8b44c';
// A font file of our own: images of services have none installed.
const fontFile = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');

/**
 * Draws the heatmap over the X-ray as a viewer shows it, and below both what a person must know who sees nothing but this
 * picture: that it is not for diagnosis, what the colours mean, what was answered, by which model and when.
 * @param view the upright original as JPEG or PNG.
 */
export async function drawCapture(
  view: Uint8Array,
  { heatmap, reading, result }: { heatmap: SentHeatmap; reading: SentReading; result: ResultToSend },
): Promise<CapturePicture> {
  const xRay = await sharp(view)
    .resize(longestSide, longestSide, { fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .png({ compressionLevel: 0 })
    .toBuffer({ resolveWithObject: true });
  const width = Math.max(leastWidth, xRay.info.width);
  const left = Math.floor((width - xRay.info.width) / 2);
  const legend = await legendLine();
  const text = await written(linesOf(heatmap, reading, result), width - 2 * margin);
  const top = xRay.info.height + margin;
  const height = top + legend.height + margin + text.height + margin;
  const { data } = await sharp({ create: { width, height, channels: 3, background: paper } })
    .composite([
      { input: xRay.data, left, top: 0 },
      await placed(heatmap, xRay.info, left),
      ...legend.parts.map((part) => ({ ...part, left: part.left + margin, top: part.top + top })),
      { input: text.image, left: margin, top: top + legend.height + margin },
    ])
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { pixels: new Uint8Array(data), width, height };
}

async function placed(
  { png }: SentHeatmap,
  { width, height }: { width: number; height: number },
  left: number,
): Promise<OverlayOptions> {
  const input = await sharp(png).resize(width, height, { fit: 'fill', kernel: 'linear' }).png().toBuffer();
  return { input, left, top: 0 };
}

/** The colours over black, as they lie over lungs, from weak to strong. */
async function legendLine(): Promise<{
  parts: { input: Buffer; left: number; top: number }[];
  height: number;
}> {
  const [weak, strong] = [await written([{ text: 'weak' }], 120), await written([{ text: legendText }], 800)];
  const height = Math.max(weak.height, strong.height, bar.height);
  const middle = (part: number) => Math.floor((height - part) / 2);
  const gap = 8;
  return {
    height,
    parts: [
      { input: weak.image, left: 0, top: middle(weak.height) },
      { input: await colourBar(), left: weak.width + gap, top: middle(bar.height) },
      { input: strong.image, left: weak.width + bar.width + 2 * gap, top: middle(strong.height) },
    ],
  };
}

/** Straight lines between the legend's stops, each over black by its own opacity. */
async function colourBar(): Promise<Buffer> {
  const { width, height } = bar;
  const stops = heatmapLegend.stops.map(({ color }) => {
    const [red = 0, green = 0, blue = 0, alpha = 0] = Buffer.from(color.slice(1), 'hex');
    return [red, green, blue].map((part) => (part * alpha) / 255);
  });
  const row = Array.from({ length: width }, (_, x) => {
    const place = (x / (width - 1)) * (stops.length - 1);
    const lower = Math.min(stops.length - 2, Math.floor(place));
    const [from = [], to = []] = [stops[lower], stops[lower + 1]];
    return from.map((part, band) => Math.round(part + ((to[band] ?? part) - part) * (place - lower)));
  }).flat();
  const raw = { width, height, channels: 3 } as const;
  return sharp(Uint8Array.from(Array.from({ length: height }, () => row).flat()), { raw })
    .png()
    .toBuffer();
}

const legendText = 'strong: evidence for pneumonia (Grad-CAM)';

interface Line {
  text: string;
  colour?: string;
}

function linesOf(heatmap: SentHeatmap, reading: SentReading, { study }: ResultToSend): Line[] {
  const { decision, probability, threshold, purpose, model, readAt } = reading;
  const { date, time } = localDateTime(readAt, study.timeZone);
  const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
  const operatingPoint = `threshold ${threshold.toFixed(2)}${purpose ? `, ${purpose}` : ''}`;
  return [
    { text: `NOT FOR DIAGNOSIS. ${notForDiagnosis}`, colour: warning },
    { text: `Answer: ${decision.toLowerCase()}. Probability ${probability.toFixed(2)} (${operatingPoint}).` },
    ...(heatmap.presentation === 'CAUTIOUS' ? [{ text: cautiousHeatmap, colour: warning }] : []),
    ...reading.cautions.map(({ sentence }) => ({ text: sentence, colour: warning })),
    {
      text: `Lucency, ${named(model)}. Read ${day} ${time.slice(0, 2)}:${time.slice(2, 4)} (${study.timeZone}).`,
    },
  ];
}

/** Models may have no version beside their name. */
function named({ id, version }: SentReading['model']): string {
  return version === id ? id : `${id}, version ${version}`;
}

/** Text as a picture with a transparent ground. */
export async function written(
  lines: readonly Line[],
  width: number,
): Promise<{ image: Buffer; width: number; height: number }> {
  const text = lines
    .map((line) => `<span foreground="${line.colour ?? ink}">${escaped(line.text)}</span>`)
    .join('\n');
  const { data, info } = await sharp({
    text: {
      text,
      font: `DejaVu Sans ${textSize}`,
      fontfile: fontFile,
      dpi: 72,
      rgba: true,
      width,
      spacing: 6,
      wrap: 'word-char',
    },
  })
    .png()
    .toBuffer({ resolveWithObject: true });
  return { image: data, width: info.width, height: info.height };
}

function escaped(text: string): string {
  return text.replace(/[<>&]/g, (character) => `&#${character.charCodeAt(0)};`).replace(/\p{Cc}/gu, ' ');
}
