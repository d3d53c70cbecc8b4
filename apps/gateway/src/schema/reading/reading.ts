import { readingClaim, region, wholePicture } from '@lucency/contracts';
import { ageWithinRange } from '@lucency/model/card';
import { Decision as decisions } from '../../generated/prisma/enums.js';
import { builder } from '../builder.js';
import { cautionOf, Reason } from '../reason/reason.js';
import { CoveredClaim } from './claim.js';
import { ImageRegion } from './image-region.js';
import { Lungs, lungsOf } from './lungs.js';
import { OperatingPurpose, purposeOf } from './operating-purpose.js';
import { PneumoniaType, typeOf } from './pneumonia-type.js';

export const Decision = builder.enumType(decisions, { name: 'Decision' });

const claims = readingClaim.array();
/** Columns of the reading itself: a few short entries that cost nothing more to read. */
const fewEntries = { field: 1, multiplier: 1 };

/** What any calibration needs to know of the patient. */
const ofPatient = { image: { select: { study: { select: { patientAgeMonths: true } } } } } as const;

export const Reading = builder.prismaNode('Reading', {
  id: { field: 'id' },
  nullable: true,
  description: 'What a model said about an image.',
  fields: (t) => ({
    probability: t.exposeFloat('probability', {
      description: 'The calibrated probability of pneumonia, 0 to 1.',
    }),
    threshold: t.exposeFloat('threshold', { description: 'At or above it the decision is PNEUMONIA.' }),
    operatingPoint: t.field({
      description: 'What the threshold was chosen for; null when the model does not say.',
      type: OperatingPurpose,
      nullable: true,
      select: { modelId: true, threshold: true },
      resolve: (reading, _args, { deps }) => purposeOf(deps.card, reading),
    }),
    decision: t.expose('decision', { type: Decision }),
    claims: t.field({
      description:
        'The most cautious first; empty when the model makes none, and for patients outside its intended use and images ' +
        'unlike those of its training or read for what lies outside the lungs, whom no calibration covers.',
      type: [CoveredClaim],
      complexity: fewEntries,
      select: { claims: true, ...ofPatient },
      resolve: (reading, _args, { deps }) =>
        ageWithinRange(deps.card, reading.image.study.patientAgeMonths) ? claims.parse(reading.claims) : [],
    }),
    type: t.field({
      description:
        'What type of pneumonia the image looks like; a hint only. Null where the decision is NORMAL, where the model ' +
        'tells no types, and wherever `claims` are empty because no calibration covers the patient or the image.',
      type: PneumoniaType,
      nullable: true,
      complexity: fewEntries,
      select: { type: true, ...ofPatient },
      resolve: (reading, _args, { deps }) =>
        ageWithinRange(deps.card, reading.image.study.patientAgeMonths) ? typeOf(reading.type) : null,
    }),
    region: t.field({
      description:
        'The part of the image that the model read; all of it unless something around it was left out.',
      type: ImageRegion,
      complexity: fewEntries,
      select: { region: true },
      resolve: (reading) => (reading.region === null ? wholePicture : region.parse(reading.region)),
    }),
    cautions: t.field({
      description: 'What to keep in mind about this reading, the most important first.',
      type: [Reason],
      complexity: fewEntries,
      select: { cautions: true },
      resolve: ({ cautions }) => cautions.map(cautionOf),
    }),
    lungs: t.field({
      description: 'Null where none were looked for.',
      type: Lungs,
      nullable: true,
      complexity: fewEntries,
      select: { lungs: true },
      resolve: ({ lungs }) => lungsOf(lungs),
    }),
    modelId: t.exposeString('modelId'),
    engine: t.exposeString('engine'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});
