import type { FiguresOnSet, Interval } from '@lucency/model/card';
import { builder } from '../builder.js';

export const IntervalType = builder.objectRef<Interval>('Interval').implement({
  description: 'A share in [0, 1] with its 95 % interval, by bootstrap over patients.',
  fields: (t) => ({
    value: t.exposeFloat('value'),
    low: t.exposeFloat('low'),
    high: t.exposeFloat('high'),
  }),
});

export interface NamedFigures extends FiguresOnSet {
  readonly name: string;
}

export const SetFigures = builder.objectRef<NamedFigures>('SetFigures').implement({
  description: 'What was measured on one set of labelled images, at the threshold of the model.',
  fields: (t) => {
    const interval = (name: keyof FiguresOnSet['intervals'], description?: string) =>
      t.field({ type: IntervalType, description, resolve: ({ intervals }) => intervals[name] });
    return {
      name: t.exposeString('name'),
      images: t.exposeInt('images'),
      patients: t.exposeInt('patients'),
      prior: t.exposeFloat('prior', { description: 'Share of pneumonia among the images.' }),
      auc: interval('auc'),
      accuracy: interval('accuracy'),
      sensitivity: interval('sensitivity'),
      specificity: interval('specificity'),
      precision: interval('precision', 'At the share of pneumonia in `prior`.'),
      f1: interval('f1', 'At the share of pneumonia in `prior`.'),
      ece: interval('ece', 'Expected calibration error over ten bins of equal width.'),
    };
  },
});
