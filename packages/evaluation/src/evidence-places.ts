import { enlarge } from '@lucency/imaging';
import { dilated, type LungMask, type Region } from '@lucency/imaging/lungs';
import type { ModelCompared } from '@lucency/model/card';
import type { Box } from './dataset/read-data-set.js';
import { rounded } from './figures.js';
import { meanWithInterval } from './mean-with-interval.js';

/** A picture with pneumonia, and what a model answered to the part of it that it was shown. */
export interface EvidencePlaced {
  readonly label: 0 | 1;
  readonly patient: string;
  /** `[7, 7]`, signed. */
  readonly evidence: Float32Array;
  readonly shown: Region;
  readonly lungs: LungMask;
  readonly boxes: readonly Box[];
  /** Opacities that were drawn, over the whole picture; they count with the boxes. */
  readonly opacities?: LungMask | null;
}

const side = 224;
/** Of the side: an edge that no lung reaches. */
const edge = 0.12;
/** Of the side, around the lungs: 8 pixels of 224, because a peak is the centre of a cell of 32. */
const nearLungs = 8 / 224;

/** Where the evidence of these pictures lies against their lungs. */
export function measureInLungs(
  name: string,
  rows: readonly EvidencePlaced[],
): ModelCompared['lungs'][number] {
  const measured = rows.map((row) => {
    const peak = peakOf(row);
    const { whole, inside } = energies(row, (x, y) => at(row.lungs, x, y));
    return {
      ...row,
      inLungs: at(dilated(row.lungs, nearLungs * row.lungs.side), peak.x, peak.y),
      atEdge: Math.min(peak.x, peak.y, 1 - peak.x, 1 - peak.y) < edge ? 1 : 0,
      energy: whole > 0 ? inside / whole : 0,
      area: row.lungs.bits.reduce((sum, bit) => sum + bit, 0) / row.lungs.bits.length,
    };
  });
  return {
    name,
    images: rows.length,
    peakInLungs: meanWithInterval(measured, ({ inLungs }) => inLungs),
    peakAtEdge: meanWithInterval(measured, ({ atEdge }) => atEdge),
    energyInLungs: meanWithInterval(measured, ({ energy }) => energy),
    areaOfLungs: mean(measured.map(({ area }) => area)),
  };
}

/** The same against the opacities that radiologists marked (the pointing game of Zhang et al. 2018, and energy). */
export function measureInBoxes(
  name: string,
  rows: readonly EvidencePlaced[],
): ModelCompared['boxes'][number] {
  const measured = rows.map((row) => {
    const within = (x: number, y: number) =>
      row.boxes.some(({ left, top, right, bottom }) => x >= left && x < right && y >= top && y < bottom)
        ? 1
        : row.opacities
          ? at(row.opacities, x, y)
          : 0;
    const peak = peakOf(row);
    const { whole, inside } = energies(row, within);
    return {
      ...row,
      hit: within(peak.x, peak.y),
      energy: whole > 0 ? inside / whole : 0,
      area: areaOf(within),
    };
  });
  return {
    name,
    images: rows.length,
    hit: meanWithInterval(measured, ({ hit }) => hit),
    energy: mean(measured.map(({ energy }) => energy)),
    area: mean(measured.map(({ area }) => area)),
  };
}

/** The place of the strongest evidence, in shares of the whole picture. */
function peakOf({ evidence, shown }: EvidencePlaced): { readonly x: number; readonly y: number } {
  const enlarged = enlarge(evidence, side);
  let top = Number.NEGATIVE_INFINITY;
  for (const value of enlarged) top = Math.max(top, value);
  // The enlarged map is flat beyond the centres of its outermost cells: the middle of the flat part counts.
  let [count, x, y] = [0, 0, 0];
  enlarged.forEach((value, place) => {
    if (value < top - 1e-6 * Math.max(1, Math.abs(top))) return;
    count += 1;
    x += (place % side) + 0.5;
    y += Math.floor(place / side) + 0.5;
  });
  return { x: shown.x + (x / count / side) * shown.width, y: shown.y + (y / count / side) * shown.height };
}

/** Positive evidence in all and, weighed by `within` at shares of the whole picture, inside. */
function energies(
  { evidence, shown }: EvidencePlaced,
  within: (x: number, y: number) => number,
): { readonly whole: number; readonly inside: number } {
  let [whole, inside] = [0, 0];
  enlarge(evidence, side).forEach((value, place) => {
    if (value <= 0) return;
    const x = shown.x + (((place % side) + 0.5) / side) * shown.width;
    const y = shown.y + ((Math.floor(place / side) + 0.5) / side) * shown.height;
    whole += value;
    inside += value * within(x, y);
  });
  return { whole, inside };
}

function at({ side: across, bits }: LungMask, x: number, y: number): number {
  const [column, row] = [x, y].map((share) => Math.min(across - 1, Math.max(0, Math.floor(share * across))));
  return bits[(row ?? 0) * across + (column ?? 0)] ?? 0;
}

function areaOf(within: (x: number, y: number) => number): number {
  let inside = 0;
  for (let place = 0; place < side * side; place++)
    inside += within(((place % side) + 0.5) / side, (Math.floor(place / side) + 0.5) / side);
  return inside / side ** 2;
}

function mean(values: readonly number[]): number {
  return rounded(values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length));
}
