import { drawPhantom } from '@lucency/imaging';

/** Of the size that hospitals send. */
const size = { width: 1500, height: 1200 };
const phantoms = 4;

/** Drawn chests of realistic size, each with bytes of its own: a JPEG comment makes copies distinct. */
export async function drawPictures(count: number): Promise<Uint8Array[]> {
  const drawn = await Promise.all(
    Array.from({ length: phantoms }, (_, seed) => drawPhantom({ ...size, seed, pneumonia: seed % 2 === 0 })),
  );
  return Array.from({ length: count }, (_, index) => {
    const bytes = drawn[index % phantoms] ?? new Uint8Array();
    const text = Buffer.from(`bench ${index}`);
    const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, text.length + 2]), text]);
    return Buffer.concat([bytes.subarray(0, 2), comment, bytes.subarray(2)]);
  });
}
