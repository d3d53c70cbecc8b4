import { ageWithinRange } from '@lucency/model/card';
import { retryStudy } from '../../study/commands/retry-study.js';
import { submitStudy } from '../../study/commands/submit-study.js';
import { withdrawStudy } from '../../study/commands/withdraw-study.js';
import {
  BusyError,
  ConflictError,
  InputError,
  NotFoundError,
  StateError,
  UploadError,
} from '../../submission/errors.js';
import { builder } from '../builder.js';
import type { OperationContext } from '../context.js';
import { countingFailures } from '../failure/counting-failures.js';
import { decodeId } from '../global-id.js';
import { Site } from '../site/site.js';
import { Priority, Study } from './study.js';

/** Changes commit on their own; an older snapshot of this operation would not show them. */
async function freshly<T>(field: string, context: OperationContext, change: () => Promise<T>): Promise<T> {
  await context.close();
  return countingFailures(field, context, change);
}

/** The study as it stands after the change that was just committed. */
function payload<Shape extends { studyId: string }>(name: string) {
  const ref = builder.objectRef<Shape>(name);
  builder.objectType(ref, {
    fields: (t) => ({
      study: t.prismaField({
        type: Study,
        resolve: async (query, { studyId }, _args, { reader }) =>
          (await reader.open()).study.findUniqueOrThrow({ ...query, where: { id: studyId } }),
      }),
    }),
  });
  return ref;
}

const SubmitStudyPayload = payload<{ studyId: string; created: boolean }>('SubmitStudyPayload');
builder.objectField(SubmitStudyPayload, 'created', (t) =>
  t.exposeBoolean('created', {
    description:
      'False when this submission was answered with an earlier study, which stays as it was submitted: to correct ' +
      'an age or a priority, withdraw that one first.',
  }),
);

const SubmitStudyInput = builder.inputType('SubmitStudyInput', {
  fields: (t) => ({
    siteId: t.globalID({ for: Site, required: true }),
    patientReference: t.string({ required: true }),
    patientAgeMonths: t.int(),
    patientBirthDate: t.field({
      type: 'Date',
      description: 'Instead of the age; only the age computed from it is stored.',
    }),
    priority: t.field({ type: Priority, defaultValue: 'ROUTINE' }),
    accessionNumber: t.string(),
    studyInstanceUid: t.string(),
    uploadIds: t.idList({ required: true }),
    idempotencyKey: t.string({
      required: true,
      description:
        'Unique per client and site: the same key with the same content answers with the first study.',
    }),
  }),
});

builder.mutationField('submitStudy', (t) =>
  t.field({
    type: SubmitStudyPayload,
    args: { input: t.arg({ type: SubmitStudyInput, required: true }) },
    errors: {
      types: [InputError, NotFoundError, ConflictError, UploadError, BusyError],
      union: { name: 'SubmitStudyResult' },
    },
    resolve: (_root, { input }, context) =>
      freshly('submitStudy', context, async () => {
        const { deps, viewer } = context;
        const { studyId, created, change } = await submitStudy(
          {
            pool: deps.pool,
            ageWithinRange: (months) => ageWithinRange(deps.card, months),
            admit: deps.admit,
          },
          viewer,
          {
            siteId: input.siteId.id,
            patientReference: input.patientReference,
            patientAgeMonths: input.patientAgeMonths ?? null,
            patientBirthDate: input.patientBirthDate ?? null,
            priority: input.priority ?? 'ROUTINE',
            accessionNumber: input.accessionNumber ?? null,
            studyInstanceUid: input.studyInstanceUid ?? null,
            uploadIds: input.uploadIds.map((id) => decodeId(id).id),
            idempotencyKey: input.idempotencyKey,
          },
        );
        const priority = input.priority ?? 'ROUTINE';
        const outcome = created ? 'created' : 'repeated';
        deps.instruments.count('lucency_submissions_total', { priority, outcome });
        if (change) deps.announce(change);
        return { studyId, created };
      }),
  }),
);

const RetryStudyInput = builder.inputType('RetryStudyInput', {
  fields: (t) => ({ studyId: t.globalID({ for: Study, required: true }) }),
});

builder.mutationField('retryStudy', (t) =>
  t.field({
    description: 'Starts the failed work of a study anew.',
    type: payload('RetryStudyPayload'),
    args: { input: t.arg({ type: RetryStudyInput, required: true }) },
    errors: { types: [NotFoundError, StateError, ConflictError], union: { name: 'RetryStudyResult' } },
    resolve: (_root, { input }, context) =>
      freshly('retryStudy', context, async () => {
        const studyId = input.studyId.id;
        context.deps.announce(await retryStudy(context.deps, context.viewer, studyId));
        return { studyId };
      }),
  }),
);

const WithdrawStudyInput = builder.inputType('WithdrawStudyInput', {
  fields: (t) => ({
    studyId: t.globalID({ for: Study, required: true }),
    reason: t.string({ required: true }),
  }),
});

builder.mutationField('withdrawStudy', (t) =>
  t.field({
    description: 'Takes a study back: its images are no longer shown and open work is cancelled.',
    type: payload('WithdrawStudyPayload'),
    args: { input: t.arg({ type: WithdrawStudyInput, required: true }) },
    errors: { types: [InputError, NotFoundError, StateError], union: { name: 'WithdrawStudyResult' } },
    resolve: (_root, { input }, context) =>
      freshly('withdrawStudy', context, async () => {
        const studyId = input.studyId.id;
        context.deps.announce(await withdrawStudy(context.deps, context.viewer, studyId, input.reason));
        return { studyId };
      }),
  }),
);
