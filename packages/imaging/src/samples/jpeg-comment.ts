/**
 * The same JPEG with a comment segment right after its start: other bytes and another SHA-256, the same picture.
 * Load generators and tests need many distinct images and cannot draw each.
 */
export function withJpegComment(jpeg: Uint8Array, comment: string): Uint8Array {
  const text = Buffer.from(comment);
  const segment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, text.length + 2]), text]);
  return Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)]);
}
