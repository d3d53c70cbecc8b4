/** Of what a browser shows. */
export type PictureMediaType = 'image/jpeg' | 'image/png';

const signatures: [PictureMediaType, readonly number[]][] = [
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
];

/** What the first bytes say the file is, whatever its name claims; null for anything but JPEG and PNG. */
export function sniffMediaType(bytes: Uint8Array): PictureMediaType | null {
  const match = signatures.find(([, signature]) => signature.every((byte, at) => bytes[at] === byte));
  return match ? match[0] : null;
}
