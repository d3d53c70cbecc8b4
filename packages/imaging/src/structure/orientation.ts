/** Orientation as EXIF numbers it: 1 is upright, 2 to 8 are turned or mirrored. */
export type ExifOrientation = number;

const orientationTag = 0x0112;
const shortType = 3;
const mostEntries = 512;

/** @param exif a TIFF header and what follows it, as JPEG and PNG carry it. @returns 1 where nothing is said. */
export function exifOrientation(exif: Uint8Array): ExifOrientation {
  const view = new DataView(exif.buffer, exif.byteOffset, exif.byteLength);
  if (view.byteLength < 8) return 1;
  const order = view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return 1;
  const little = order === 0x4949;
  const directory = view.getUint32(4, little);
  if (directory + 2 > view.byteLength) return 1;
  const entries = Math.min(mostEntries, view.getUint16(directory, little));
  for (let entry = 0; entry < entries; entry += 1) {
    const at = directory + 2 + 12 * entry;
    if (at + 12 > view.byteLength) return 1;
    if (view.getUint16(at, little) !== orientationTag) continue;
    const value = view.getUint16(at + 2, little) === shortType ? view.getUint16(at + 8, little) : 1;
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** An EXIF directory that says the orientation alone. */
export function orientationExif(orientation: ExifOrientation): Uint8Array {
  return Uint8Array.of(
    ...[0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, shortType],
    ...[0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0],
  );
}
