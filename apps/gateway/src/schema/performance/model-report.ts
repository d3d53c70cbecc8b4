import type { BandPoint, ChosenPoint, EvaluationReport, ReliabilityWithInterval } from '@lucency/model/card';
import { builder } from '../builder.js';
import { OperatingPurpose } from '../reading/operating-purpose.js';
import { IntervalType, SetFigures } from './figures.js';

const renamed = (name: string) => `Use ${name}.`;

const Confusion = builder.objectRef<EvaluationReport['confusion']>('Confusion').implement({
  description: 'Counts of images: true and false positives and negatives.',
  fields: (t) => ({
    tp: t.exposeInt('tp'),
    fp: t.exposeInt('fp'),
    tn: t.exposeInt('tn'),
    fn: t.exposeInt('fn'),
  }),
});

const CurvePoint = builder.objectRef<BandPoint>('CurvePoint').implement({
  description: 'A place of a curve; `low` and `high` are the 95 % interval of its height.',
  fields: (t) => ({
    x: t.exposeFloat('x'),
    y: t.exposeFloat('y'),
    low: t.exposeFloat('low'),
    high: t.exposeFloat('high'),
  }),
});

const ReliabilityBin = builder.objectRef<ReliabilityWithInterval>('ReliabilityBin').implement({
  description: 'Images whose probability lies from `from` up to `to`.',
  fields: (t) => ({
    from: t.exposeFloat('from'),
    to: t.exposeFloat('to'),
    count: t.exposeInt('count'),
    meanProbability: t.exposeFloat('meanProbability'),
    observedRate: t.expose('observedRate', { type: IntervalType, description: 'Share that had pneumonia.' }),
    said: t.exposeFloat('meanProbability', { deprecationReason: renamed('meanProbability') }),
    was: t.expose('observedRate', { type: IntervalType, deprecationReason: renamed('observedRate') }),
  }),
});

const OperatingPoint = builder.objectRef<ChosenPoint>('OperatingPoint').implement({
  description: 'A threshold for a purpose, chosen on validation patients on the worst of several sets.',
  fields: (t) => ({
    purpose: t.expose('purpose', { type: OperatingPurpose }),
    threshold: t.exposeFloat('threshold'),
    sensitivity: t.expose('sensitivity', { type: IntervalType, description: 'On the worst set.' }),
    specificity: t.expose('specificity', { type: IntervalType, description: 'On the worst set.' }),
    worstSet: t.exposeString('worstSet'),
    rule: t.exposeString('rule', { description: 'By which it was chosen.' }),
    shortfall: t.exposeFloat('shortfall', { description: 'What the worst set lacks of the rate in `rule`.' }),
    on: t.exposeString('worstSet', { deprecationReason: renamed('worstSet') }),
    wanted: t.exposeString('rule', { deprecationReason: renamed('rule') }),
  }),
});

const ModelReport = builder.objectRef<EvaluationReport>('ModelReport').implement({
  description: 'How the model did on labelled images that chose nothing of it.',
  fields: (t) => ({
    modelId: t.exposeString('modelId'),
    engine: t.exposeString('engine'),
    threshold: t.exposeFloat('threshold'),
    refused: t.exposeInt('refused', { description: 'Images refused, which enter no other figure.' }),
    figures: t.field({
      type: SetFigures,
      resolve: ({ n, patients, prior, intervals }) => ({
        name: 'test',
        images: n,
        patients,
        prior,
        intervals,
      }),
    }),
    confusion: t.expose('confusion', { type: Confusion }),
    roc: t.expose('roc', { type: [CurvePoint], description: 'Sensitivity over 1 - specificity.' }),
    reliability: t.expose('reliability', { type: [ReliabilityBin], description: 'Without empty bins.' }),
    sets: t.field({
      type: [SetFigures],
      description: 'The same images under disturbances, and other series; empty where none was measured.',
      resolve: ({ sets }) => Object.entries(sets ?? {}).map(([name, set]) => ({ name, ...set })),
    }),
    operatingPoints: t.field({
      type: [OperatingPoint],
      resolve: ({ operatingPoints }) => operatingPoints ?? [],
    }),
  }),
});

builder.queryField('modelReport', (t) =>
  t.field({
    type: ModelReport,
    nullable: true,
    description: 'The report of the model in use; null where it has none.',
    resolve: (_root, _args, { deps }) => deps.report ?? null,
  }),
);
