import { assessQuality, assessTexture, type Classifier, type GateConstants } from '@lucency/imaging/gate';
import type { TypicalTexture } from '@lucency/model/card';
import { fitOnLooks, type Looks, lookAt, type Seen, seenIn } from './fit-gate.js';
import type { GateData } from './gate-data.js';
import { upperBound } from './interval.js';
import { measurePoses, type Recognised } from './measure-poses.js';
import type { View } from './views.js';

/** How a set of pictures fared. */
export interface Refusals {
  readonly name: string;
  readonly n: number;
  readonly refused: number;
  /** Upper bound of the 95 % interval (Wilson): of misses for counter-examples, of refusals for X-rays. */
  readonly upperBound: number;
}

export interface GateReport {
  /** Each family of counter-examples, judged by a classifier that was fitted without it. */
  readonly leftOut: readonly Refusals[];
  /** The same, by what the pictures show. */
  readonly leftOutKinds: readonly Refusals[];
  /** Test X-rays under each disturbance, all and those of the second series. */
  readonly xRays: readonly Refusals[];
  readonly poses: readonly Recognised[];
}

/** Both steps of the gate: the shape before the model, shape and texture together after it. */
export function measureGate(data: GateData, constants: GateConstants, typical: TypicalTexture): GateReport {
  const looks = lookAt(data, constants, typical);
  const judged = data.families.flatMap(({ name, kinds }, at) => {
    const classifier = fitOnLooks(without(looks, at));
    return (looks.families[at] ?? []).map((seen, which) => ({
      family: name,
      kind: kinds[which] ?? name,
      refused: isRefused(seen, classifier),
    }));
  });
  return {
    leftOut: data.families.map(({ name }) =>
      of(
        name,
        judged.filter(({ family }) => family === name),
        missed,
      ),
    ),
    leftOutKinds: [...new Set(judged.map(({ kind }) => kind))].map((kind) =>
      of(
        kind,
        judged.filter((picture) => picture.kind === kind),
        missed,
      ),
    ),
    xRays: data.test.flatMap((view) => xRaysOf(view, data, constants, typical)),
    poses: measurePoses(data, constants),
  };
}

function without({ families, ...rest }: Looks, left: number): Looks {
  return { ...rest, families: families.filter((_, at) => at !== left) };
}

function xRaysOf(view: View, data: GateData, constants: GateConstants, typical: TypicalTexture): Refusals[] {
  const judged = seenIn(view, constants, typical).map((seen, at) => ({
    refused: isRefused(seen, constants.classifier),
    second: data.secondSeries[at] ?? false,
  }));
  const second = judged.filter((picture) => picture.second);
  return [of(view.name, judged, wronged), of(`${view.name}, second series`, second, wronged)];
}

/** What could not be decoded or was too small is refused as well. */
function isRefused(seen: Seen | null, classifier: Classifier): boolean {
  if (!seen || !assessQuality(seen.measures, classifier).acceptable) return true;
  return !assessTexture(seen.measures, seen.far, classifier).acceptable;
}

const missed = (n: number, refused: number) => upperBound(n - refused, n);
const wronged = (n: number, refused: number) => upperBound(refused, n);

function of(
  name: string,
  pictures: readonly { readonly refused: boolean }[],
  bound: (n: number, refused: number) => number,
): Refusals {
  const n = pictures.length;
  const refused = pictures.filter((picture) => picture.refused).length;
  return { name, n, refused, upperBound: bound(n, refused) };
}
