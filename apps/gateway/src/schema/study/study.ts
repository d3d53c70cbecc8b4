import { Priority as priorities, ReviewState as reviewStates } from '../../generated/prisma/enums.js';
import { readingStateOf } from '../../study/stored-state.js';
import { builder } from '../builder.js';
import { Image } from '../image/image.js';
import { ExplanationState, ReadingState } from '../image/states.js';
import { Person } from '../person/person.js';
import { cautionOf, Reason, reasonOf } from '../reason/reason.js';
import { Site } from '../site/site.js';
import { IntendedUse, intendedUseFor } from './intended-use.js';

export const Priority = builder.enumType(priorities, { name: 'Priority' });
export const ReviewState = builder.enumType(reviewStates, { name: 'ReviewState' });

/** A withdrawn study, seen as its own withdrawal. */
const Withdrawal = builder.prismaObject('Study', {
  variant: 'Withdrawal',
  fields: (t) => ({
    at: t.field({
      type: 'DateTime',
      select: { withdrawnAt: true, updatedAt: true },
      resolve: ({ withdrawnAt, updatedAt }) => withdrawnAt ?? updatedAt,
    }),
    by: t.relation('withdrawnBy', { type: Person, nullable: true }),
    reason: t.string({
      select: { withdrawnReason: true },
      resolve: ({ withdrawnReason }) => withdrawnReason ?? '',
    }),
  }),
});

const claimFields = { reviewState: true, withdrawnAt: true, claimedUntil: true } as const;

/** A claim lapses by itself: whether there is one depends on the time alone. */
function isClaimed(study: {
  reviewState: string;
  withdrawnAt: Date | null;
  claimedUntil: Date | null;
}): boolean {
  const { reviewState, withdrawnAt, claimedUntil } = study;
  return reviewState === 'NONE' && withdrawnAt === null && claimedUntil !== null && claimedUntil > new Date();
}

/** A study that somebody reads, seen as their claim. */
const Claim = builder.prismaObject('Study', {
  variant: 'StudyClaim',
  fields: (t) => ({
    by: t.relation('claimedBy', { type: Person, nullable: true }),
    until: t.field({
      type: 'DateTime',
      select: { claimedUntil: true, updatedAt: true },
      resolve: ({ claimedUntil, updatedAt }) => claimedUntil ?? updatedAt,
    }),
    viewerHolds: t.boolean({
      select: { claimedById: true },
      resolve: ({ claimedById }, _args, { viewer }) => claimedById === viewer.personId,
    }),
  }),
});

/** A study of many images and destinations has more; `deliveries` pages through all of a site. */
const mostDeliveries = 100;

export const Study = builder.prismaNode('Study', {
  id: { field: 'id' },
  nullable: true,
  description: 'One examination of one patient at one site.',
  fields: (t) => ({
    site: t.relation('site', { type: Site }),
    patientReference: t.exposeString('patientReference'),
    patientAgeMonths: t.exposeInt('patientAgeMonths', {
      nullable: true,
      description: "The patient's age in whole months at submission; null when it was not given.",
    }),
    accessionNumber: t.exposeString('accessionNumber', { nullable: true }),
    studyInstanceUid: t.exposeString('studyInstanceUid', { nullable: true }),
    priority: t.expose('priority', { type: Priority }),
    cautions: t.field({
      description:
        'What to keep in mind about the submission itself, as that another patient has the same image.',
      type: [Reason],
      complexity: { field: 1, multiplier: 1 },
      select: { cautions: true },
      resolve: ({ cautions }) => cautions.map(cautionOf),
    }),
    submittedBy: t.relation('submittedBy', { type: Person }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime' }),
    readingState: t.field({
      description:
        'Follows from the states of its images: QUEUED while one waits, FAILED while one is beyond help, REFUSED only when ' +
        'none could be read and one was refused, NOT_READ when none is for the model to read.',
      type: ReadingState,
      select: { readingState: true, readingReason: true },
      resolve: readingStateOf,
    }),
    readingReason: t.field({
      description: 'Why the study was REFUSED, why reading it FAILED, or why it is NOT_READ.',
      type: Reason,
      nullable: true,
      select: { readingReason: true },
      resolve: ({ readingReason }) => reasonOf(readingReason),
    }),
    explanationState: t.expose('explanationState', { type: ExplanationState }),
    explanationReason: t.field({
      description: 'Why the heatmap was WITHHELD or why drawing it FAILED.',
      type: Reason,
      nullable: true,
      select: { explanationReason: true },
      resolve: ({ explanationReason }) => reasonOf(explanationReason),
    }),
    reviewState: t.field({
      description: 'CLAIMED while somebody reads it: see `claim`.',
      type: ReviewState,
      select: claimFields,
      resolve: (study) => (isClaimed(study) ? 'CLAIMED' : study.reviewState),
    }),
    claim: t.variant(Claim, {
      description:
        'Who reads the study now; null where nobody does. A claim ends by itself, so that no event tells of its end: look at ' +
        '`until`.',
      isNull: (study) => !isClaimed(study),
    }),
    withdrawal: t.variant(Withdrawal, {
      description:
        'Set once the study was withdrawn: its images are no longer served, and its states move no more.',
      isNull: ({ withdrawnAt }) => withdrawnAt === null,
    }),
    intendedUse: t.field({
      description:
        'What this answer is for, and whether this patient is within what the model was trained on.',
      type: IntendedUse,
      select: { patientAgeMonths: true },
      resolve: ({ patientAgeMonths }, _args, { deps }) => intendedUseFor(deps.card, patientAgeMonths),
    }),
    viewerCanRetry: t.boolean({
      select: { siteId: true, withdrawnAt: true, readingState: true, explanationState: true },
      resolve: ({ siteId, withdrawnAt, readingState, explanationState }, _args, { viewer }) =>
        withdrawnAt === null &&
        viewer.writableSiteIds.includes(siteId) &&
        (readingState === 'FAILED' || explanationState === 'FAILED'),
    }),
    viewerCanWithdraw: t.boolean({
      select: { siteId: true, withdrawnAt: true },
      resolve: ({ siteId, withdrawnAt }, _args, { viewer }) =>
        withdrawnAt === null && viewer.writableSiteIds.includes(siteId),
    }),
    viewerCanReview: t.boolean({
      description: 'Whether the viewer may sign a review or an addendum: nothing is being read any more.',
      select: { siteId: true, withdrawnAt: true, readingState: true },
      resolve: ({ siteId, withdrawnAt, readingState }, _args, { viewer }) =>
        withdrawnAt === null &&
        viewer.reviewableSiteIds.includes(siteId) &&
        readingState !== 'RECEIVED' &&
        readingState !== 'QUEUED',
    }),
    deliveries: t.relation('deliveries', {
      description: 'What of this study was sent to PACS and FHIR servers, or is to be; the oldest first.',
      query: { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: mostDeliveries },
    }),
    images: t.relation('images', {
      type: Image,
      description: 'One to 32, in the order in which they came; most studies have one or two.',
      complexity: { field: 1, multiplier: 1 },
      query: { orderBy: [{ position: 'asc' }, { id: 'asc' }] },
    }),
  }),
});
