import { join } from 'node:path';
import { architectureName, inputSize, type ModelCard } from '@lucency/model/card';
import { createOnnxEngine, openFeatureExtractor } from '@lucency/model/onnx';
import { startWasmBackend } from '@lucency/model/tfjs';
import { readPackagedTrunk, type Trunk } from '@lucency/model/weights';
import { writeModel } from './artefact.js';
import {
  type Answered,
  chooseCalibration,
  chooseOperatingPoints,
  withProbabilities,
} from './calibration/index.js';
import * as words from './card-text.js';
import { type Hashed, withoutDuplicates } from './dataset/duplicates.js';
import { hashContents } from './dataset/hash-contents.js';
import { readDataSet } from './dataset/read-data-set.js';
import { type Split, splitByPatient } from './dataset/split.js';
import { figuresOf, readFiles, type ScoredImage, writeReport } from './evaluation/index.js';
import { extractFeatures } from './features/extract.js';
import { asItIs, augmentedPass, shifted } from './features/passes.js';
import { observeRanges } from './features/ranges.js';
import { applyHead } from './head/apply-head.js';
import { trainHead } from './head/train-head.js';
import type { Progress } from './progress.js';

export interface TrainingOptions {
  readonly data: string;
  readonly out: string;
  readonly id: string;
  readonly seed: number;
  /** Disturbed copies of every training image. */
  readonly augmentedPasses: number;
  readonly threads: number;
}

type Labelled = Pick<Hashed, 'label' | 'patient'>;

/** The whole recipe: data set, features, head, calibration and threshold on validation, figures on test. */
export async function train(options: TrainingOptions, progress: Progress): Promise<ModelCard> {
  const started = Date.now();
  const { out, id, seed, threads } = options;
  const split = await prepareData(options.data, seed, progress);
  const trunk = await readPackagedTrunk();
  const features = await allFeatures(split, trunk, options, progress);

  await startWasmBackend();
  const labels = (files: readonly Labelled[]) => files.map(({ label }) => (label === 'PNEUMONIA' ? 1 : 0));
  const validationPasses = [features.validation, features.validationShifted];
  const head = await trainHead(
    { passes: features.train, labels: labels(split.train) },
    { passes: validationPasses, labels: labels(split.validation) },
    seed,
    progress,
  );
  const answers = (rows: Float32Array, files: readonly Labelled[]): Answered[] => {
    const logits = applyHead(head.tensors, rows);
    return files.map(({ label, patient }, index) => ({
      label: label === 'PNEUMONIA' ? 1 : 0,
      patient,
      logit: logits[index] ?? Number.NaN,
    }));
  };
  const validation = validationPasses.map((rows) => answers(rows, split.validation));
  const { calibration, choice } = chooseCalibration(validation.flat(), seed);
  const scored = validation.map((rows) => withProbabilities(rows, calibration));
  const operatingPoints = chooseOperatingPoints([
    { name: 'validation', rows: scored[0] ?? [] },
    { name: 'validation, border cropped, exposure disturbed', rows: scored[1] ?? [] },
  ]);
  const threshold = operatingPoints.find(({ purpose }) => purpose === 'balanced')?.threshold ?? 0.5;
  const measure = (name: string, rows: Float32Array, files: readonly Labelled[]) =>
    measured(name, withProbabilities(answers(rows, files), calibration), threshold);

  const card = await writeModel(
    out,
    trunk,
    head.tensors,
    {
      version: 1,
      id,
      architecture: architectureName,
      createdAt: new Date().toISOString(),
      trainedOn: {
        name: 'Chest X-Ray Images (Pneumonia)',
        source: words.source,
        licence: words.licence,
        population: words.population,
        images: counts(split, (files) => files.length),
        patients: counts(split, (files) => new Set(files.map(({ patient }) => patient)).size),
      },
      preprocessing: {
        width: inputSize,
        height: inputSize,
        channels: 'RGB',
        range: [0, 1],
        kernel: 'linear',
        fit: 'fill',
      },
      views: 'one',
      threshold,
      operatingPoints,
      conformal: [],
      calibration,
      ageRangeMonths: words.ageRangeMonths,
      intendedUse: words.intendedUse,
      limits: words.limits,
      int8: features.int8,
      training: {
        seed,
        augmentedPasses: options.augmentedPasses,
        epochs: head.epochs,
        minutes: Math.round((Date.now() - started) / 6000) / 10,
        measured: [
          measure('validation', features.validation, split.validation),
          measure(
            'validation, border cropped, exposure disturbed',
            features.validationShifted,
            split.validation,
          ),
          measure('test', features.test, split.test),
          measure('test, border cropped, exposure disturbed', features.testShifted, split.test),
        ],
      },
    },
    threads,
  );
  const engine = await createOnnxEngine({ modelDir: out, precision: 'int8', threads });
  const rows = await readFiles(split.test, engine, card, progress);
  await engine.close();
  const epochs = head.history.map((record) => ({ ...record, stage: 'head' }));
  const sections = { operatingPoints, calibration: choice, epochs };
  await writeReport(join(out, 'report'), { card, engine: engine.name, rows, sections });
  return card;
}

async function prepareData(directory: string, seed: number, progress: Progress): Promise<Split<Hashed>> {
  const { pool, test } = await readDataSet(directory);
  const hashed = await hashContents([...pool, ...test], progress);
  const { files, duplicates, contradicted } = withoutDuplicates(hashed);
  progress.say(
    `${files.length} different images, ${duplicates} duplicates, ${contradicted} under both labels left out`,
  );
  if (test.length === 0) return splitByPatient(files, { train: 0.7, validation: 0.15, test: 0.15 }, seed);
  const testPaths = new Set(test.map(({ path }) => path));
  const own = files.filter(({ path }) => testPaths.has(path));
  // Nobody whose image is tested may be learnt from.
  const tested = new Set(own.map(({ patient }) => patient));
  const rest = files.filter(({ path, patient }) => !testPaths.has(path) && !tested.has(patient));
  return { ...splitByPatient(rest, { train: 0.85, validation: 0.15, test: 0 }, seed), test: own };
}

async function allFeatures(split: Split<Hashed>, trunk: Trunk, options: TrainingOptions, progress: Progress) {
  const extractor = await openFeatureExtractor(trunk.tensors, { threads: options.threads });
  const source = { extractor, fingerprint: trunk.fingerprint };
  const of = (files: readonly Hashed[], pass = asItIs) => extractFeatures(files, pass, source, progress);
  const train = [await of(split.train)];
  for (let number = 1; number <= options.augmentedPasses; number++)
    train.push(await of(split.train, augmentedPass(number)));
  const features = {
    train,
    validation: await of(split.validation),
    validationShifted: await of(split.validation, shifted),
    test: await of(split.test),
    testShifted: await of(split.test, shifted),
  };
  await extractor.close();
  return { ...features, int8: await observeRanges(split.train, trunk, options, progress) };
}

function measured(name: string, rows: readonly ScoredImage[], threshold: number) {
  const { auc, accuracy, sensitivity, specificity, ece } = figuresOf(rows, threshold);
  return { name, images: rows.length, auc, accuracy, sensitivity, specificity, ece };
}

function counts(split: Split<Hashed>, of: (files: readonly Hashed[]) => number) {
  return { train: of(split.train), validation: of(split.validation), test: of(split.test) };
}
