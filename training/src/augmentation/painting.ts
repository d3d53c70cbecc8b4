import { between, type Random } from '@lucency/statistics';
import type { Picture } from './picture.js';

interface Box {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

function fill(picture: Picture, { top, left, height, width }: Box, shade: number): void {
  const { side, shades } = picture;
  const [from, to] = [Math.max(0, Math.round(left)), Math.min(side, Math.round(left + width))];
  for (let row = Math.max(0, Math.round(top)); row < Math.min(side, Math.round(top + height)); row++)
    if (to > from) shades.fill(shade, row * side + from, row * side + to);
}

function copyOf({ side, shades }: Picture): Picture {
  return { side, shades: shades.slice() };
}

/** A patch of one shade, so that no single place can be relied on (Zhong et al. 2017). */
export function erase(picture: Picture, random: Random): Picture {
  const erased = copyOf(picture);
  const [height, width] = [between(random, 0.08, 0.3), between(random, 0.08, 0.3)].map(
    (share) => share * picture.side,
  );
  const box = { height: height ?? 0, width: width ?? 0 };
  const top = random() * (picture.side - box.height);
  fill(erased, { ...box, top, left: random() * (picture.side - box.width) }, random());
  return erased;
}

/** What collimators, films and screenshots leave at the edges: bars of one shade along some sides. */
export function paintBorder(picture: Picture, random: Random): Picture {
  const painted = copyOf(picture);
  const { side } = picture;
  const shade = random() < 0.6 ? between(random, 0, 0.08) : random();
  for (const edge of ['top', 'bottom', 'left', 'right'] as const) {
    if (random() < 0.4) continue;
    const depth = between(random, 0.01, 0.1) * side;
    const whole = { top: 0, left: 0, height: side, width: side };
    if (edge === 'top') fill(painted, { ...whole, height: depth }, shade);
    if (edge === 'bottom') fill(painted, { ...whole, top: side - depth, height: depth }, shade);
    if (edge === 'left') fill(painted, { ...whole, width: depth }, shade);
    if (edge === 'right') fill(painted, { ...whole, left: side - depth, width: depth }, shade);
  }
  return painted;
}

/** Strokes on a grid of 3 x 5 cells: L, R, and two that no alphabet has. */
const glyphs = ['100100100100111', '110101110110101', '111101101101111', '010111010010010'];

/** A side marker as technologists lay beside the patient: bright strokes near an edge. */
export function paintMarker(picture: Picture, random: Random): Picture {
  const painted = copyOf(picture);
  const { side } = picture;
  const cell = between(random, 0.008, 0.022) * side;
  const glyph = glyphs[Math.floor(random() * glyphs.length)] ?? '';
  const alongTop = random() < 0.5;
  const near = between(random, 0.02, 0.12) * side;
  const anywhere = between(random, 0.02, 0.85) * side;
  const farSide = random() < 0.5;
  const left = alongTop ? anywhere : farSide ? side - near - 3 * cell : near;
  const top = alongTop ? near : anywhere;
  const shade = random() < 0.85 ? between(random, 0.8, 1) : between(random, 0, 0.1);
  [...glyph].forEach((stroke, at) => {
    if (stroke !== '1') return;
    const box = {
      height: cell,
      width: cell,
      top: top + Math.floor(at / 3) * cell,
      left: left + (at % 3) * cell,
    };
    fill(painted, box, shade);
  });
  return painted;
}
