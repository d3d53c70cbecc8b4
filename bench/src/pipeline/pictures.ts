import { drawPhantom, withJpegComment } from '@lucency/imaging';

/** Of the size that hospitals send. */
const size = { width: 1500, height: 1200 };
const phantoms = 4;

/** Drawn chests of realistic size, each with bytes of its own: those from the number `first` on. */
export async function drawPictures(count: number, first = 0): Promise<Uint8Array[]> {
  const drawn = await Promise.all(
    Array.from({ length: phantoms }, (_, seed) => drawPhantom({ ...size, seed, pneumonia: seed % 2 === 0 })),
  );
  return Array.from({ length: count }, (_, index) => {
    const number = first + index;
    return withJpegComment(drawn[number % phantoms] ?? new Uint8Array(), `bench ${number}`);
  });
}
