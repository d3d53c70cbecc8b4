import type { RefusalCode } from '@lucency/contracts';
import {
  type DicomProblem,
  looksLikeDicom,
  readHeader as readDicomHeader,
  readFrameInfo,
  renderFrame,
} from '@lucency/dicom';
import { defaultLimits, type ImageHeader, type ImageLimits, isHeavy, readHeader } from './header.js';
import { fromPixels } from './loaders.js';
import { sniffMediaType } from './media-type.js';
import { type Prepared, refuse } from './outcome.js';

/** A picture that may be decoded, or that takes more than this process may spend. */
export type Opened = { heavy: true } | { heavy: false; header: Prepared<ImageHeader> };

/** Compressed frames take several times the work of others of their size. */
const workOfDecompression = 4;

const refusalOf: Readonly<Record<DicomProblem['code'], RefusalCode>> = {
  NOT_DICOM: 'UNSUPPORTED_TYPE',
  TRUNCATED: 'DAMAGED',
  INVALID_HEADER: 'DAMAGED',
  CODEC_FAILED: 'DAMAGED',
  TOO_COMPLEX: 'TOO_COMPLEX_TO_DECODE',
  UNSUPPORTED_TRANSFER_SYNTAX: 'UNSUPPORTED_TYPE',
  UNSUPPORTED_PIXELS: 'UNSUPPORTED_TYPE',
  NO_PIXELS: 'UNSUPPORTED_TYPE',
  MULTI_FRAME: 'UNSUPPORTED_TYPE',
  TOO_LARGE: 'TOO_LARGE',
};

/**
 * The one door for bytes of any kind. Of JPEG and PNG only the header is read; the frame of a DICOM file is rendered as a
 * viewer shows it first, and then is a picture like any other. Rendering may hang or take much memory: run this in a process
 * that can be ended.
 */
export async function openAnyPicture(
  bytes: Uint8Array,
  limits: ImageLimits = defaultLimits,
): Promise<Prepared<ImageHeader>> {
  const opened = await openPicture(bytes, { limits, mayBeHeavy: true });
  return opened.heavy ? refuse('TOO_COMPLEX_TO_DECODE') : opened.header;
}

/** The same, where a heavy picture may have to go elsewhere. */
export async function openPicture(
  bytes: Uint8Array,
  { limits = defaultLimits, mayBeHeavy }: { limits?: ImageLimits; mayBeHeavy: boolean },
): Promise<Opened> {
  if (!sniffMediaType(bytes) && looksLikeDicom(bytes)) return openDicom(bytes, limits, mayBeHeavy);
  const header = await readHeader(bytes, limits);
  return header.ok && header.value.heavy && !mayBeHeavy ? { heavy: true } : { heavy: false, header };
}

async function openDicom(bytes: Uint8Array, limits: ImageLimits, mayBeHeavy: boolean): Promise<Opened> {
  const { maxDecodedBytes, minShorterSide } = limits;
  const info = readFrameInfo(bytes, { maxDecodedBytes });
  if (!info.ok) return { heavy: false, header: refuse(refusalOf[info.problem.code]) };
  const { width, height, decodedBytes, compressed } = info.value;
  if (Math.min(width, height) < minShorterSide) return { heavy: false, header: refuse('TOO_SMALL') };
  const heavy = isHeavy(decodedBytes * (compressed ? workOfDecompression : 1), bytes.length);
  if (heavy && !mayBeHeavy) return { heavy: true };
  const frame = await renderFrame(bytes, { maxDecodedBytes });
  if (!frame.ok) return { heavy: false, header: refuse(refusalOf[frame.problem.code]) };
  const { pixels, channels, ...size } = frame.value;
  const picture = fromPixels(pixels, size.width, size.height, channels).png({ compressionLevel: 0 });
  const header = await readHeader(await picture.toBuffer(), limits);
  const facts = readDicomHeader(bytes);
  const lateral = facts.ok && facts.value.view === 'LATERAL';
  return {
    heavy: false,
    header: header.ok
      ? { ok: true, value: { ...header.value, mediaType: 'application/dicom', lateral, heavy } }
      : header,
  };
}
