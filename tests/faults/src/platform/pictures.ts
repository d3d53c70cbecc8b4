import { randomUUID } from 'node:crypto';
import { drawPhantom, withJpegComment } from '@lucency/imaging';

/** Found in the bytes of an image whose reading must crash; see poison-worker.ts. */
export const poisonMark = 'lucency-poison';

let phantom: Promise<Uint8Array> | null = null;

/** A picture like no other: one drawn chest with a comment of its own, so that each has its own SHA-256. */
export async function uniquePicture(mark = ''): Promise<Uint8Array> {
  phantom ??= drawPhantom({ seed: 5, width: 700, height: 600 });
  return withJpegComment(await phantom, `${mark} ${randomUUID()}`);
}
