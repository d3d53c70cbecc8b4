import { join } from 'node:path';
import type { Progress } from '@lucency/command-line';
import {
  chooseCalibration,
  chooseOperatingPoints,
  conformalLevels,
  homeSource,
  withProbabilities,
  writeReport,
} from '@lucency/evaluation';
import {
  architectureName,
  inputSize,
  type ModelCard,
  type ReportSections,
  type TypicalTexture,
} from '@lucency/model/card';
import { createNativeEngine, isNativeBuilt } from '@lucency/model/native';
import { createTfjsEngine } from '@lucency/model/tfjs';
import { readSafetensors, writeSafetensors } from '@lucency/model/weights';
import { seededRandom, shuffle } from '@lucency/statistics';
import { halfPlain, shiftedTreatments } from '../augmentation/treatments.js';
import type { Data, DataExample } from '../dataset/data.js';
import type { Shown } from '../dataset/examples.js';
import { typeClassOf } from '../dataset/pneumonia-type.js';
import { bestEpochOf } from '../fine-tuning/fine-tune.js';
import type { Fitted } from '../fitting/fit.js';
import { fitTypicality } from '../gate/fit-typicality.js';
import type { PicturePool } from '../pictures/picture-pool.js';
import type { Recipe } from '../recipes/recipe.js';
import type { Answer } from '../selection/answers.js';
import { chooseCandidate } from '../selection/choose.js';
import type { LeftOutCandidate } from '../selection/left-out.js';
import { chooseTypes, type TypeAnswer } from '../types/choose-types.js';
import { fitTypes } from '../types/fit-types.js';
import { measureTypes } from '../types/measure-types.js';
import * as words from './card-text.js';
import { comparedOn } from './compared.js';
import { compareEngines, type EngineAnswers, throughEngine } from './engines.js';
import { evaluatedFiles } from './evaluated-files.js';
import { studyExplanations } from './explanations.js';
import { gateSection } from './gate-section.js';
import {
  asSets,
  conformalOnSets,
  everyTreatment,
  figuresOnSets,
  groupSets,
  hardSets,
  inTreatment,
  openServed,
  pointsOnSets,
  type Served,
  served,
  sourceSets,
} from './measure.js';
import { testedOn } from './tested-on.js';
import { compareTwins } from './twins.js';
import { amendCard, writeModel } from './write-model.js';

export interface Publication {
  readonly out: string;
  readonly id: string;
  readonly recipe: Recipe;
  readonly seed: number;
  readonly threads: number;
  readonly data: Data;
  readonly fitted: Fitted;
  readonly leftOut: readonly LeftOutCandidate[];
  /** The directory of a model that this one would replace, measured on the same test pictures. */
  readonly before?: string | undefined;
  /** Of another preset's report, to stand beside this one's. */
  readonly beside?: ReportSections['presets'] | undefined;
  /** Full-size originals, and the data set that holds their small versions. */
  readonly fullSize?: string | undefined;
  readonly directory: string;
  /** `gate.json` of the gate's own measurement. */
  readonly gate?: string | undefined;
  /** Neither heatmaps nor slow engines are measured. */
  readonly figuresOnly: boolean;
  /** What else the report holds. */
  readonly sections?: ReportSections;
}

const shippedCoverages = [0.9, 0.95];
const imagesOfSlowEngines = 100;
const picturesOfTypicality = 1000;

/** Chooses, calibrates and measures what a run trained, and writes the artefact with its report. */
export async function publish(
  publication: Publication,
  pool: PicturePool,
  progress: Progress,
): Promise<{ card: ModelCard; sections: ReportSections }> {
  const { data, fitted, recipe, seed, threads, out, id } = publication;
  const { parts } = data;
  const others = [...new Set(parts.train.map(({ source }) => source))].filter((name) => name !== homeSource);
  const { chosen, all } = await chooseCandidate(fitted, data, pool, recipe, { threads, seed }, progress);
  const { ranges, corrections, images } = chosen.observed;
  const second = recipe.types
    ? await fitTypes(chosen.tensors, { recipe: recipe.types, parts, pool, threads, seed, progress })
    : null;
  const tensors = readSafetensors(
    writeSafetensors(new Map([...chosen.tensors, ...(second ?? []), ...corrections])),
  );
  const model = { tensors, ranges: asCardRanges(ranges), views: chosen.views };
  const answer = (step: string, examples: Parameters<typeof everyTreatment>[0]) =>
    served(model, 'int8', everyTreatment(examples, recipe.validationAtHome), pool, {
      threads,
      progress,
      step,
    });

  // Without patients of its own, calibration has to make do with those of the validation.
  const apart = parts.calibration.length > 0;
  const forCalibration = apart ? await answer('calibration', parts.calibration) : chosen.answers;
  const { calibration, choice } = chooseCalibration(forCalibration);
  const sets = asSets(chosen.answers, calibration);
  const leftOut = publication.leftOut.find(({ interpolation }) => interpolation === chosen.interpolation);
  const points = chooseOperatingPoints([...sets, ...(leftOut?.sets ?? [])]);
  const threshold = points.find(({ purpose }) => purpose === 'balanced')?.threshold ?? 0.5;
  // Promised to the patients whom the intended use names, and to no mixture with others.
  const ofHome = inTreatment(forCalibration, 'plain').filter(({ source }) => source === homeSource);
  const conformal = conformalLevels(withProbabilities(ofHome, calibration), shippedCoverages).map(
    (level) => ({ ...level, source: homeSource }),
  );

  const types = second
    ? chooseTypes(typeAnswers(forCalibration, apart ? parts.calibration : parts.validation))
    : undefined;

  const tuning = fitted.history.filter(({ stage }) => stage === 'fine-tuning');
  const typicality = await typicalOf(model, data, chosen.answers, { threads, seed, progress, pool });
  const written = await writeModel(
    out,
    tensors,
    {
      version: 1,
      id,
      architecture: architectureName,
      createdAt: new Date().toISOString(),
      trainedOn: {
        ...words.dataSets(others),
        images: data.counts.images,
        patients: data.counts.patients,
      },
      preprocessing: {
        width: inputSize,
        height: inputSize,
        channels: 'RGB',
        range: [0, 1],
        kernel: 'linear',
        fit: 'fill',
      },
      input: { crop: recipe.looksAt === 'lungs' ? 'lungs' : 'none' },
      views: chosen.views,
      threshold,
      operatingPoints: points.map(({ purpose, threshold: at, sensitivity, specificity, worstSet }) => ({
        purpose,
        threshold: at,
        sensitivity,
        specificity,
        worstSet,
      })),
      calibration,
      conformal,
      types,
      typicality,
      ageRangeMonths: words.ageRangeMonths,
      intendedUse: words.intendedUse,
      limits: recipe.looksAt === 'lungs' ? words.limitsOfSeveral : words.limits,
      int8: { images, ranges: asCardRanges(ranges) },
      training: {
        preset: recipe.name,
        seed,
        epochs: bestEpochOf(tuning, recipe.fineTuning),
        interpolation: chosen.interpolation,
      },
    },
    threads,
  );

  const study = publication.figuresOnly
    ? undefined
    : await studyExplanations(out, written, data, { seed, threads, progress });
  const card = study ? await amendCard(out, written, { faithfulness: study.faithfulness }) : written;

  // Mixed, because slow engines see the beginning only.
  const tested = shuffle([...parts.test], seededRandom(seed));
  const test = await answer('test', tested);
  const apartFromTreatments = [
    ...hardSets(test, calibration),
    ...groupSets(test, tested, calibration),
    ...(leftOut ? [...leftOut.sets, ...leftOut.tested] : []),
  ];
  const testSets = [...asSets(test, calibration), ...apartFromTreatments];
  const plain = inTreatment(test, 'plain');
  const asTheyAre = tested.map((example) => ({ ...example, treatment: 'plain' as const, seed: 0 }));
  const step = 'test, onnx-fp32';
  const float = await served(model, 'fp32', asTheyAre, pool, { threads, progress, step });
  const portable = publication.figuresOnly
    ? []
    : await otherEngines(out, asTheyAre, publication, pool, progress);
  const onSets = figuresOnSets(testSets, threshold);
  const sections: ReportSections = {
    sets: onSets,
    operatingPoints: points,
    pointsOnSets: pointsOnSets(points, [...sourceSets(test, calibration), ...apartFromTreatments]),
    conformal: conformalOnSets(conformal, testSets),
    calibration: choice,
    ...(types ? { types: measureTypes(typeAnswers(plain, parts.test), types) } : {}),
    ...(study ? { explanations: study.explanations } : {}),
    engines: compareEngines(
      { engine: 'onnx-fp32', answers: float },
      [{ engine: 'onnx-int8', answers: plain }, ...portable],
      card,
    ),
    ...(await comparedOn(
      tested,
      { id, card, answers: plain },
      { before: publication.before, data, threads, progress },
    )),
    presets: [{ preset: recipe.name, threshold, sets: onSets }, ...(publication.beside ?? [])],
    tried: all.map(({ interpolation, views, loss, auc }) => ({
      what: `${Math.round(interpolation * 100)} % fine-tuned weights, ${views === 'one' ? 'one view' : 'with the mirror image'}`,
      outcome: 'shifted validation',
      figures: { loss, auc },
    })),
    epochs: [...fitted.history],
    ...(await twinsOf(publication, model, card)),
    ...(publication.gate ? { gate: await gateSection(publication.gate) } : {}),
    ...publication.sections,
  };
  const rows = await evaluatedFiles(tested, plain, card);
  await writeReport(join(out, 'report'), {
    card,
    engine: 'onnx-int8',
    rows,
    sections,
    measuredOn: testedOn,
  });
  progress.say(
    `${shiftedTreatments.length} treatments measured; threshold ${threshold}; the model is in ${out}`,
  );
  return { card, sections };
}

/** Of the images whose type is known. */
function typeAnswers(answers: readonly Answer[], examples: readonly DataExample[]): TypeAnswer[] {
  const known = new Map(examples.map((example) => [example.index, typeClassOf(example)]));
  return answers.flatMap(({ index, patient, types }) => {
    const type = known.get(index) ?? null;
    return type === null || !types ? [] : [{ types, type, patient }];
  });
}

/** What conv3 sees in training pictures, half of them disturbed, with bounds from validation pictures. */
async function typicalOf(
  model: Served,
  data: Data,
  validation: readonly Answer[],
  options: {
    readonly threads: number;
    readonly seed: number;
    readonly progress: Progress;
    readonly pool: PicturePool;
  },
): Promise<TypicalTexture> {
  const drawn = shuffle([...data.parts.train], seededRandom(options.seed)).slice(0, picturesOfTypicality);
  const shown = drawn.map((example, at) => ({ ...example, treatment: halfPlain(at), seed: at }));
  const train = await served(model, 'int8', shown, options.pool, { ...options, step: 'textures' });
  const textures = (answers: readonly Answer[]) =>
    answers.flatMap(({ texture }) => (texture ? [texture] : []));
  return fitTypicality(textures(train), {
    plain: textures(inTreatment(validation, 'plain')),
    treated: textures(validation),
  });
}

async function twinsOf(
  { fullSize, directory, threads }: Publication,
  model: Served,
  card: ModelCard,
): Promise<Pick<ReportSections, 'twins'>> {
  if (!fullSize) return {};
  const runner = await openServed(model, 'int8', threads);
  const twins = await compareTwins(fullSize, directory, runner, card);
  await runner.close();
  return { twins };
}

/** WebAssembly on few images, being slow; the native engine where its binding was built. */
async function otherEngines(
  out: string,
  shown: readonly Shown[],
  { threads }: Publication,
  pool: PicturePool,
  progress: Progress,
): Promise<EngineAnswers[]> {
  const wasm = await createTfjsEngine({ modelDir: out });
  const answers = [await throughEngine(wasm, shown.slice(0, imagesOfSlowEngines), pool, progress)];
  await wasm.close();
  if (!isNativeBuilt('cpu')) return answers;
  const native = await createNativeEngine({ modelDir: out, device: 'cpu', threads });
  answers.push(await throughEngine(native, shown.slice(0, imagesOfSlowEngines), pool, progress));
  await native.close();
  return answers;
}

function asCardRanges(
  ranges: Readonly<Record<string, readonly [number, number]>>,
): ModelCard['int8']['ranges'] {
  return Object.fromEntries(Object.entries(ranges).map(([name, [low, high]]) => [name, [low, high]]));
}
