import { type Region, wholePicture } from '@lucency/contracts';
import { inputSide } from './decode.js';
import { fullScaleOf } from './full-scale.js';
import type { ImageHeader } from './header.js';
import { openImage } from './loaders.js';

/** Pixels of the longer side that margins are sought on. */
const soughtSide = 2_048;
/** How far shades of a margin may lie from its own, of 255: as JPEG leaves it beside an edge. */
const noise = 8;
/** Share of a line's pixels that may lie further off. */
const mostStrays = 0.005;
/** A margin ends all along its edge; air beside a patient fades out where the body does. */
const leastEdge = 0.4;
/** So wide is no air beside a patient, even if the margin ends in air of its shade. */
const wideMargin = 0.12;
/** Lines behind the last even one on which an edge is past. */
const edgeLines = 2;
/** A side must give up this share before anything is cut: X-rays themselves end in a few even lines. */
const leastMargin = 0.015;
/** Less is no picture inside a frame. */
const leastInside = 0.25;
/** Frames within frames. */
const maxFrames = 4;
/** The picture's edge is smeared over a pixel by reducing it. */
const smeared = 1;

interface Grey {
  pixels: Uint8Array;
  width: number;
  height: number;
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Whether the outermost lines are even enough that margins are worth a closer look. @param shades [224, 224] in 0..1. */
export function mayHaveMargins(shades: Float32Array): boolean {
  const grey = {
    pixels: Uint8Array.from(shades, (shade) => 255 * shade),
    width: inputSide,
    height: inputSide,
  };
  const whole = { left: 0, top: 0, right: inputSide, bottom: inputSide };
  return sides.some((side) => marginOf(grey, whole, side).lines >= 2);
}

/**
 * The part of the picture inside flat margins, as exports, viewers and squares leave them: frames and bars of any shade, on
 * any side, one within another. The whole picture where there are none.
 */
export async function insideMargins(header: ImageHeader): Promise<Region> {
  const grey = await greyOf(header);
  return insideFlat(grey, Math.max(header.width, header.height) > soughtSide ? smeared : 0);
}

/** @param inwards lines to give up beside each margin. */
function insideFlat(grey: Grey, inwards: number): Region {
  const { width, height } = grey;
  const box: Box = { left: 0, top: 0, right: width, bottom: height };
  for (let frame = 0; frame < maxFrames; frame += 1) {
    const before = { ...box };
    let thickness = Number.POSITIVE_INFINITY;
    const unclear: Side[] = [];
    for (const side of sides) {
      const { lines, ends, of } = marginOf(grey, box, side);
      // Even all over: nothing lies inside.
      if (lines === of) return wholePicture;
      if (ends || lines >= wideMargin * of) {
        side.cut(box, lines);
        if (lines > 0) thickness = Math.min(thickness, lines);
      } else unclear.push(side);
    }
    // A black frame beside black air: as thick as where its edge is seen.
    for (const side of unclear) {
      if (marginOf(grey, box, side).lines >= thickness - smeared) side.cut(box, thickness);
    }
    if (sides.every(({ at }) => at(box) === at(before))) break;
  }
  const cuts = [box.left / width, 1 - box.right / width, box.top / height, 1 - box.bottom / height];
  const inside = { width: (box.right - box.left) / width, height: (box.bottom - box.top) / height };
  if (Math.max(...cuts) < leastMargin || Math.min(inside.width, inside.height) < leastInside)
    return wholePicture;
  for (const { at, cut } of sides) {
    const untouched = at(box) === at({ left: 0, top: 0, right: width, bottom: height });
    if (!untouched) cut(box, inwards);
  }
  return {
    x: box.left / width,
    y: box.top / height,
    width: (box.right - box.left) / width,
    height: (box.bottom - box.top) / height,
  };
}

interface Side {
  /** Whether its lines are columns. */
  across: boolean;
  at(box: Box): number;
  /** The line so many steps inside. */
  line(box: Box, step: number): number;
  cut(box: Box, lines: number): void;
}

const sides: readonly Side[] = [
  {
    across: false,
    at: ({ top }) => top,
    line: ({ top }, step) => top + step,
    cut: (box, lines) => {
      box.top += lines;
    },
  },
  {
    across: false,
    at: ({ bottom }) => bottom,
    line: ({ bottom }, step) => bottom - 1 - step,
    cut: (box, lines) => {
      box.bottom -= lines;
    },
  },
  {
    across: true,
    at: ({ left }) => left,
    line: ({ left }, step) => left + step,
    cut: (box, lines) => {
      box.left += lines;
    },
  },
  {
    across: true,
    at: ({ right }) => right,
    line: ({ right }, step) => right - 1 - step,
    cut: (box, lines) => {
      box.right -= lines;
    },
  },
];

/** How many lines are of one shade on this side of the box, of how many, and whether the margin ends in an edge. */
function marginOf(grey: Grey, box: Box, side: Side): { lines: number; ends: boolean; of: number } {
  const of = side.across ? box.right - box.left : box.bottom - box.top;
  const shade = medianOf(grey, box, side, side.line(box, 0));
  const straysOf = (step: number) => straysOn(grey, box, side, side.line(box, step), shade);
  let lines = 0;
  while (lines < of && straysOf(lines) <= mostStrays) lines += 1;
  return { lines, ends: straysOf(Math.min(of - 1, lines + edgeLines)) >= leastEdge, of };
}

/** Share of a line's pixels that are not of this shade. */
function straysOn(grey: Grey, box: Box, side: Side, line: number, shade: number): number {
  const from = side.across ? box.top : box.left;
  const to = side.across ? box.bottom : box.right;
  let strays = 0;
  for (let place = from; place < to; place += 1) {
    const pixel = grey.pixels[side.across ? place * grey.width + line : line * grey.width + place] ?? 0;
    if (Math.abs(pixel - shade) > noise) strays += 1;
  }
  return strays / (to - from);
}

function medianOf(grey: Grey, box: Box, side: Side, line: number): number {
  const shades: number[] = [];
  const to = side.across ? box.bottom : box.right;
  for (let place = side.across ? box.top : box.left; place < to; place += 1)
    shades.push(grey.pixels[side.across ? place * grey.width + line : line * grey.width + place] ?? 0);
  return shades.sort((one, other) => one - other)[Math.floor(shades.length / 2)] ?? 0;
}

async function greyOf(header: ImageHeader): Promise<Grey> {
  const reduced = openImage(header)
    .flatten({ background: '#000' })
    .resize(soughtSide, soughtSide, { fit: 'inside', withoutEnlargement: true, kernel: 'linear' });
  const scaled =
    header.bitsPerSample === 16 ? reduced.linear(65_535 / (await fullScaleOf(header)), 0) : reduced;
  const { data, info } = await scaled
    .toColourspace('b-w')
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { pixels: data, width: info.width, height: info.height };
}
