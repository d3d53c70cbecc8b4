import { LucencyError } from './errors.js';
import type { ImageMediaType } from './generated/graphql.js';

/** What is sent, and what the API is told of it beforehand. */
export interface PictureSource {
  mediaType: ImageMediaType;
  bytes: number;
  /** Lower-case hex. */
  sha256: string;
  /** The body, from its beginning each time. */
  open(): Blob | ReadableStream<Uint8Array>;
}

/** A file of a page, bytes, or a source that streams, as `pictureFile` of `@lucency/client/node` makes it. */
export type Picture = Blob | Uint8Array | PictureSource;

/** As in Content-Type; whatever the schema takes has its name here. */
export const mediaTypeNames: Readonly<Record<ImageMediaType, string>> = {
  IMAGE_JPEG: 'image/jpeg',
  IMAGE_PNG: 'image/png',
  APPLICATION_DICOM: 'application/dicom',
};

const signatures: readonly { type: ImageMediaType; at: number; bytes: readonly number[] }[] = [
  { type: 'IMAGE_JPEG', at: 0, bytes: [0xff, 0xd8, 0xff] },
  { type: 'IMAGE_PNG', at: 0, bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { type: 'APPLICATION_DICOM', at: 128, bytes: [0x44, 0x49, 0x43, 0x4d] },
];

/** How many bytes from the beginning tell the type. */
export const signatureBytes = 132;

/** The type by the first bytes, whatever a file is called. @throws LucencyError UNKNOWN_PICTURE */
export function mediaTypeOf(head: Uint8Array): ImageMediaType {
  const found = signatures.find(({ at, bytes }) => bytes.every((byte, index) => head[at + index] === byte));
  if (found) return found.type;
  const names = Object.values(mediaTypeNames).join(', ');
  throw new LucencyError('UNKNOWN_PICTURE', `These bytes are none of ${names}.`);
}

export async function sourceOf(picture: Picture): Promise<PictureSource> {
  if (isSource(picture)) return picture;
  const blob = picture instanceof Blob ? picture : new Blob([new Uint8Array(picture)]);
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return {
    mediaType: mediaTypeOf(bytes),
    bytes: bytes.byteLength,
    sha256: hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))),
    open: () => blob,
  };
}

function isSource(picture: Picture): picture is PictureSource {
  return 'open' in picture;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
