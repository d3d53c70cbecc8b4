import { dilated } from '@lucency/imaging/lungs';
import { between, type Random } from '@lucency/statistics';
import type { Picture } from '../augmentation/picture.js';
import { addNoise, blur } from '../augmentation/sharpness.js';
import type { Masked } from './augment.js';

/**
 * Puts something else around the lungs: another picture, noise, one shade or the picture's own blur. What lies
 * outside the body tells hospitals apart and says nothing of lungs.
 */
export function replaceOutside({ picture, mask }: Masked, other: Picture, random: Random): Picture {
  const { side } = picture;
  const around = background(picture, other, random);
  const bits = Uint8Array.from(mask.shades, (share) => (share > 0.5 ? 1 : 0));
  const grown = dilated({ side, bits: spanned(bits, side) }, between(random, 3, 8));
  const kept = blur({ side, shades: Float32Array.from(grown.bits) }, 2).shades;
  return {
    side,
    shades: picture.shades.map((shade, at) => {
      const share = kept[at] ?? 0;
      return share * shade + (1 - share) * (around.shades[at] ?? 0);
    }),
  };
}

function background(picture: Picture, other: Picture, random: Random): Picture {
  const flat = (shade: number): Picture => ({
    side: picture.side,
    shades: new Float32Array(picture.shades.length).fill(shade),
  });
  const kind = random();
  if (kind < 0.25) return other;
  if (kind < 0.5) return addNoise(flat(between(random, 0.1, 0.85)), between(random, 0.02, 0.24), random);
  if (kind < 0.75) return flat(random() < 0.5 ? 0 : random());
  return blur(picture, between(random, 4, 10));
}

/** Every row filled from its first to its last pixel of lung: the mediastinum belongs to the thorax. */
function spanned(bits: Uint8Array, side: number): Uint8Array {
  const filled = new Uint8Array(bits.length);
  for (let row = 0; row < side; row += 1) {
    const line = bits.subarray(row * side, (row + 1) * side);
    const first = line.indexOf(1);
    if (first >= 0) filled.fill(1, row * side + first, row * side + line.lastIndexOf(1) + 1);
  }
  return filled;
}
