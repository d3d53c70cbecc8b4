import { type Region, wholePicture } from '@lucency/contracts';
import type { LungMask } from './mask.js';

/** Cells a side of a mask that travels with a reading: four for each cell of the evidence map. */
const packedSide = 28;
/** Points a side that each cell is looked at in. */
const points = 4;

/**
 * The mask at 28 x 28 over the original, a bit a cell where lungs cover at least half of it, row-major from the
 * highest bit, base64.
 * @param read which part of the original the mask is of.
 */
export function packMask(mask: LungMask, read: Region = wholePicture): string {
  const bytes = new Uint8Array((packedSide * packedSide) / 8);
  for (let cell = 0; cell < packedSide * packedSide; cell += 1)
    if (isLung(mask, read, cell)) bytes[cell >> 3] = (bytes[cell >> 3] ?? 0) | (128 >> (cell & 7));
  return Buffer.from(bytes).toString('base64');
}

function isLung({ side, bits }: LungMask, read: Region, cell: number): boolean {
  const [row, column] = [Math.floor(cell / packedSide), cell % packedSide];
  let covered = 0;
  for (let down = 0; down < points; down += 1)
    for (let across = 0; across < points; across += 1) {
      const x = ((column + (across + 0.5) / points) / packedSide - read.x) / read.width;
      const y = ((row + (down + 0.5) / points) / packedSide - read.y) / read.height;
      if (x >= 0 && y >= 0 && x < 1 && y < 1)
        covered += bits[Math.floor(y * side) * side + Math.floor(x * side)] ?? 0;
    }
  return 2 * covered >= points * points;
}

export function unpackMask(packed: string): LungMask {
  const bytes = Buffer.from(packed, 'base64');
  const bits = Uint8Array.from({ length: packedSide * packedSide }, (_, cell) =>
    (bytes[cell >> 3] ?? 0) & (128 >> (cell & 7)) ? 1 : 0,
  );
  return { side: packedSide, bits };
}
