import type { PictureMediaType } from '../media-type.js';

/** What the frame of a file says, read by this package before any decoder sees the file. */
export interface Structure {
  mediaType: PictureMediaType;
  /** Pixels as stored, before the orientation is applied. */
  width: number;
  height: number;
  /** The file without whatever cannot change a pixel: texts, profiles, previews, what follows its end. */
  essential: Uint8Array;
  /** Bytes that the decoder holds at once beyond a few rows. */
  heldBytes: number;
  /** Samples that the decoder goes through, those of each scan counted. */
  samplesDecoded: number;
  /** Whether the decoder can reduce while it decodes. Where it cannot but is asked to, it hands over a corner. */
  shrinksOnLoad: boolean;
  /** Bits of each sample that carry shades, where the file says so. */
  significantBits: number | null;
}
