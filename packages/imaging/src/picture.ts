import { type Region, wholePicture } from '@lucency/contracts';
import { type Colour, measureColour } from './colour.js';
import { decodeToInput } from './decode.js';
import { defaultLimits, type ImageHeader, type ImageLimits } from './header.js';
import { pixelsOf } from './loaders.js';
import { insideMargins, mayHaveMargins } from './margins.js';
import { openAnyPicture } from './open-picture.js';
import { type Prepared, refuse } from './outcome.js';
import { toShades } from './shades.js';

/** An image as everything after decoding sees it: grey, with what its colours were. */
export interface Picture extends Pick<ImageHeader, 'width' | 'height'> {
  /** [224, 224] of Float32 in 0..1, row-major. */
  shades: Float32Array;
  colour: Colour;
  /** The part of the original that this is; width and height are its. */
  region: Region;
}

/** Decodes whatever the bytes are, within limits. */
export async function readPicture(
  bytes: Uint8Array,
  limits: ImageLimits = defaultLimits,
): Promise<Prepared<Picture & ImageHeader>> {
  const header = await openAnyPicture(bytes, limits);
  if (!header.ok) return header;
  const decoded = await decodePicture(header.value);
  return decoded.ok ? { ok: true, value: { ...header.value, ...decoded.value } } : decoded;
}

/** Decodes the picture, without flat margins around it. */
export async function decodePicture(header: ImageHeader): Promise<Prepared<Picture>> {
  const whole = await decodePart(header, wholePicture);
  if (!whole.ok || !mayHaveMargins(whole.value.shades)) return whole;
  const region = await insideMargins(header).catch(() => null);
  if (!region) return refuse('DAMAGED');
  return isWhole(region) ? whole : decodePart(header, region);
}

async function decodePart(header: ImageHeader, region: Region): Promise<Prepared<Picture>> {
  const decoded = await decodeToInput(header, isWhole(region) ? undefined : region);
  if (!decoded.ok) return decoded;
  const { width, height } = pixelsOf(region, header);
  const rgb = decoded.value;
  return { ok: true, value: { width, height, shades: toShades(rgb), colour: measureColour(rgb), region } };
}

function isWhole({ width, height }: Region): boolean {
  return width === 1 && height === 1;
}
