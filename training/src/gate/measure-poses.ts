import {
  findPose,
  type GateConstants,
  isMirrored,
  mirroredGrid,
  type Orientation,
  toGrid,
  turned,
} from '@lucency/imaging/gate';
import type { GateData } from './gate-data.js';
import { shadesOf } from './views.js';

/** How often the way in which X-rays lie was told. */
export interface Recognised {
  readonly name: string;
  readonly n: number;
  readonly recognised: number;
}

/** One way of laying an upright X-ray, on its grid, and what should then be said. */
interface Lay {
  readonly name: string;
  readonly change: (grid: Float32Array) => Float32Array;
  readonly said: (grid: Float32Array, constants: GateConstants) => boolean;
}

const half = (grid: Float32Array) => turned(turned(grid));

const lays: readonly Lay[] = [
  { name: 'turned by 90 degrees', change: turned, said: isTurned('ROTATED_90') },
  { name: 'turned by 180 degrees', change: half, said: isTurned('ROTATED_180') },
  { name: 'turned by 270 degrees', change: (grid) => turned(half(grid)), said: isTurned('ROTATED_270') },
  { name: 'mirrored', change: mirroredGrid, said: mirroredSaid },
  { name: 'negative', change: (grid) => grid.map((value) => -value), said: negativeSaid },
  {
    name: 'upright, called turned',
    change: (grid) => grid,
    said: (grid, constants) => !isTurned('UPRIGHT')(grid, constants),
  },
  { name: 'upright, called mirrored', change: (grid) => grid, said: mirroredSaid },
  { name: 'upright, called negative', change: (grid) => grid, said: negativeSaid },
];

/** Test X-rays in every view, laid in every way; those of the second series as they are also by themselves. */
export function measurePoses({ test, secondSeries }: GateData, constants: GateConstants): Recognised[] {
  return test.flatMap(({ name, pictures }, which) => {
    const grids = pictures.map((picture) => (picture ? toGrid(shadesOf(picture)) : null));
    const known = grids.filter((grid) => grid !== null);
    const second = which === 0 ? grids.filter((grid, at) => grid !== null && secondSeries[at]) : [];
    return lays.flatMap((lay) => [
      count(`${lay.name}, ${name}`, lay, known, constants),
      ...(second.length > 0
        ? [
            count(
              `${lay.name}, second series`,
              lay,
              second.filter((grid) => grid !== null),
              constants,
            ),
          ]
        : []),
    ]);
  });
}

function count(
  name: string,
  { change, said }: Lay,
  grids: readonly Float32Array[],
  constants: GateConstants,
): Recognised {
  const recognised = grids.filter((grid) => said(change(grid), constants)).length;
  return { name, n: grids.length, recognised };
}

function isTurned(orientation: Orientation) {
  return (grid: Float32Array, { pose }: GateConstants) => findPose(grid, pose).orientation === orientation;
}

function mirroredSaid(grid: Float32Array, { pose, mirror }: GateConstants): boolean {
  return isMirrored(findPose(grid, pose).grid, mirror);
}

function negativeSaid(grid: Float32Array, { pose }: GateConstants): boolean {
  return findPose(grid, pose).inverted;
}
