import { type Colour, measureColour } from './colour.js';
import { decodeToInput } from './decode.js';
import { defaultLimits, type ImageHeader, type ImageLimits, readHeader } from './header.js';
import type { Prepared } from './outcome.js';
import { toShades } from './shades.js';

/** An image as everything after decoding sees it: grey, with what its colours were. */
export interface Picture extends Pick<ImageHeader, 'width' | 'height'> {
  /** [224, 224] of Float32 in 0..1, row-major. */
  shades: Float32Array;
  colour: Colour;
}

/** Decodes whatever the bytes are, within limits. */
export async function readPicture(
  bytes: Uint8Array,
  limits: ImageLimits = defaultLimits,
): Promise<Prepared<Picture & ImageHeader>> {
  const header = await readHeader(bytes, limits);
  if (!header.ok) return header;
  const decoded = await decodePicture(header.value);
  return decoded.ok ? { ok: true, value: { ...header.value, ...decoded.value } } : decoded;
}

export async function decodePicture(header: ImageHeader): Promise<Prepared<Picture>> {
  const decoded = await decodeToInput(header);
  if (!decoded.ok) return decoded;
  const { width, height } = header;
  const rgb = decoded.value;
  return { ok: true, value: { width, height, shades: toShades(rgb), colour: measureColour(rgb) } };
}
