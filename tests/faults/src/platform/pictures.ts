import { randomUUID } from 'node:crypto';
import { drawPhantom } from '@lucency/imaging';

/** Found in the bytes of an image whose reading must crash; see poison-worker.ts. */
export const poisonMark = 'lucency-poison';

let phantom: Promise<Uint8Array> | null = null;

/** A picture like no other: one drawn chest with a comment of its own, so that each has its own SHA-256. */
export async function uniquePicture(mark = ''): Promise<Uint8Array> {
  phantom ??= drawPhantom({ seed: 5, width: 700, height: 600 });
  const bytes = await phantom;
  const text = Buffer.from(`${mark} ${randomUUID()}`);
  // A JPEG comment segment (0xFFFE, its length, its text) right after the start of the image.
  const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, text.length + 2]), text]);
  return Buffer.concat([bytes.subarray(0, 2), comment, bytes.subarray(2)]);
}
