import { cropMask } from './crop.js';
import type { LungMask, Region } from './mask.js';

/** Pixels of a 224-pixel picture by which lungs grow in every direction: evidence at their edge counts as inside. */
const growth = 4;
const growthOf = 224;

/** The mask grown by a disc, 9 pixels wide in a picture of 224. */
export function dilated({ side, bits }: LungMask, radius = (growth * side) / growthOf): LungMask {
  const reach = Math.ceil(radius);
  const offsets: [number, number][] = [];
  for (let down = -reach; down <= reach; down += 1)
    for (let across = -reach; across <= reach; across += 1)
      if (down * down + across * across <= (radius + 0.5) ** 2) offsets.push([down, across]);
  const grown = new Uint8Array(bits.length);
  for (let row = 0; row < side; row += 1)
    for (let column = 0; column < side; column += 1) {
      if (!bits[row * side + column]) continue;
      for (const [down, across] of offsets) {
        const [y, x] = [row + down, column + across];
        if (y >= 0 && x >= 0 && y < side && x < side) grown[y * side + x] = 1;
      }
    }
  return { side, bits: grown };
}

/** Share of each cell of a `cells` x `cells` grid that the mask covers, row-major. */
export function cellShares({ side, bits }: LungMask, cells: number): Float32Array {
  const shares = new Float32Array(cells * cells);
  const cellOf = Uint16Array.from({ length: side }, (_, at) => Math.floor(((at + 0.5) * cells) / side));
  const pixels = new Float32Array(cells * cells);
  for (let row = 0; row < side; row += 1)
    for (let column = 0; column < side; column += 1) {
      const cell = (cellOf[row] ?? 0) * cells + (cellOf[column] ?? 0);
      pixels[cell] = (pixels[cell] ?? 0) + 1;
      shares[cell] = (shares[cell] ?? 0) + (bits[row * side + column] ?? 0);
    }
  return shares.map((sum, cell) => sum / (pixels[cell] ?? 1));
}

/**
 * Share of the evidence for pneumonia that lies in the lungs and right beside them, each cell counted by how much
 * of it they cover. Null where nothing speaks for pneumonia.
 * @param evidence `[7, 7]` signed, of what the model was shown: `shown` is that part of the picture of the mask.
 */
export function evidenceInLungs(evidence: ArrayLike<number>, mask: LungMask, shown: Region): number | null {
  const cells = Math.sqrt(evidence.length);
  const shares = cellShares(cropMask(dilated(mask), shown), cells);
  let [inside, total] = [0, 0];
  for (let cell = 0; cell < evidence.length; cell += 1) {
    const positive = Math.max(0, evidence[cell] ?? 0);
    total += positive;
    inside += positive * (shares[cell] ?? 0);
  }
  return total > 0 ? inside / total : null;
}
