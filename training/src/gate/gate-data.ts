import { drawPhantom } from '@lucency/imaging';
import { counterExamples } from './families/index.js';
import { everyView, mixedView, type Reading, type View, viewOf } from './views.js';
import { isSecondSeries, type Most, readXRays } from './x-rays.js';

export interface FamilyView extends View {
  /** Of each picture, what it shows. */
  readonly kinds: readonly string[];
}

/** Everything that the gate is fitted and measured on. */
export interface GateData {
  readonly train: View;
  /** Drawn chests, which serve as samples: chests to the gate, whatever they are made of. */
  readonly drawnChests: View;
  readonly validation: readonly View[];
  readonly test: readonly View[];
  /** Of each test X-ray, whether it belongs to the series taken at another time. */
  readonly secondSeries: readonly boolean[];
  readonly families: readonly FamilyView[];
}

export interface GateDataOptions {
  readonly data: string;
  readonly seed: number;
  readonly most: Most & { readonly family: number; readonly drawnChests: number };
  readonly folders: readonly string[];
}

/** Reads the X-rays, disturbs them, and draws the counter-examples. */
export async function readGateData(
  { data, seed, most, folders }: GateDataOptions,
  reading: Reading,
): Promise<GateData> {
  const { train, validation, test } = await readXRays(data, seed, most);
  const families: FamilyView[] = [];
  for (const { name, pictures } of await counterExamples(most.family, seed, folders)) {
    const view = await viewOf(name, pictures, async ({ bytes }) => bytes, reading);
    families.push({ ...view, kinds: pictures.map(({ kind }) => kind) });
  }
  return {
    train: await mixedView(train, 1_000_000 * seed, reading),
    drawnChests: await viewOf('drawn chests', phantoms(most.drawnChests, seed), drawPhantom, reading),
    validation: await everyView(validation, 2_000_000 * seed, reading),
    test: await everyView(test, 3_000_000 * seed, reading),
    secondSeries: test.map(isSecondSeries),
    families,
  };
}

/** Of these sizes in turn: grain looks finer the larger a drawing is, and users upload all of them. */
const phantomSizes = [
  { width: 480, height: 400 },
  { width: 1000, height: 800 },
  { width: 1500, height: 1200 },
  { width: 2000, height: 1600 },
  { width: 2400, height: 2000 },
];

/** Not those of the seeds that samples and tests draw. */
function phantoms(count: number, seed: number) {
  return Array.from({ length: count }, (_, at) => ({
    seed: 10_000 * seed + at,
    pneumonia: at % 2 === 1,
    ...phantomSizes[at % phantomSizes.length],
  }));
}
