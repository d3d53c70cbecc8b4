import { ageWithinRange, type ModelCard } from '@lucency/model/card';
import { builder } from '../builder.js';

interface IntendedUseShape {
  withinRange: boolean;
  message: string;
}

export const IntendedUse = builder.objectRef<IntendedUseShape>('IntendedUse').implement({
  description: 'What the answer is for, and whether this patient is one the model was trained for.',
  fields: (t) => ({
    withinRange: t.exposeBoolean('withinRange', {
      description: 'False when the age is missing or outside the range the model was trained on.',
    }),
    message: t.exposeString('message'),
  }),
});

export function intendedUseFor(card: ModelCard, ageMonths: number | null): IntendedUseShape {
  if (ageWithinRange(card, ageMonths)) return { withinRange: true, message: card.intendedUse };
  const { from, to } = card.ageRangeMonths;
  const range = `${Math.floor(from / 12)} to ${Math.floor(to / 12)} years`;
  const problem =
    ageMonths === null
      ? `The patient's age is unknown; the model was trained on children of ${range} only.`
      : `This patient is outside the age the model was trained on (${range}): do not rely on this answer.`;
  return { withinRange: false, message: `${problem} ${card.intendedUse}` };
}
