import { drawPhantom, withJpegComment } from '@lucency/imaging';

/** Of the size that hospitals send. */
const size = { width: 1500, height: 1200 };
const phantoms = 4;

/** Drawn chests of realistic size, each with bytes of its own. */
export async function drawPictures(count: number): Promise<Uint8Array[]> {
  const drawn = await Promise.all(
    Array.from({ length: phantoms }, (_, seed) => drawPhantom({ ...size, seed, pneumonia: seed % 2 === 0 })),
  );
  return Array.from({ length: count }, (_, index) =>
    withJpegComment(drawn[index % phantoms] ?? new Uint8Array(), `bench ${index}`),
  );
}
