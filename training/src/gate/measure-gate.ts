import { assessQuality, assessTexture, type Classifier, type GateConstants } from '@lucency/imaging/gate';
import { distanceTo, type TypicalTexture } from '@lucency/model/card';
import { fitOnLooks, type Looks, lookAt } from './fit-gate.js';
import type { FamilyView, GateData } from './gate-data.js';
import { upperBound } from './interval.js';
import { measurePoses, type Recognised } from './measure-poses.js';
import { type Look, look, type View } from './views.js';

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
  const looks = lookAt(data, constants);
  const judged = data.families.flatMap((family, at) =>
    judgedWithout(family, without(looks, at), constants, typical),
  );
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

interface Judged {
  readonly family: string;
  readonly kind: string;
  readonly refused: boolean;
}

function without({ families, ...rest }: Looks, left: number): Looks {
  return { ...rest, families: families.filter((_, at) => at !== left) };
}

function judgedWithout(
  family: FamilyView,
  looks: Looks,
  constants: GateConstants,
  typical: TypicalTexture,
): Judged[] {
  const classifier = fitOnLooks(looks);
  return look(family, constants).map((seen, at) => ({
    family: family.name,
    kind: family.kinds[at] ?? family.name,
    refused: isRefused(seen, classifier, typical),
  }));
}

function xRaysOf(view: View, data: GateData, constants: GateConstants, typical: TypicalTexture): Refusals[] {
  const judged = look(view, constants).map((seen, at) => ({
    refused: isRefused(seen, constants.classifier, typical),
    second: data.secondSeries[at] ?? false,
  }));
  const second = judged.filter((picture) => picture.second);
  return [of(view.name, judged, wronged), of(`${view.name}, second series`, second, wronged)];
}

/** What could not be decoded or was too small is refused as well. */
function isRefused(seen: Look | null, classifier: Classifier, typical: TypicalTexture): boolean {
  if (!seen || !assessQuality(seen.measures, classifier).acceptable) return true;
  const far = distanceTo(seen.texture, typical) > typical.far;
  return !assessTexture(seen.measures, far, classifier).acceptable;
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
