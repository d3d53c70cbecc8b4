import { ageWithinRange } from '@lucency/model/card';
import { addImages } from '../../study/commands/add-images.js';
import { retryStudy } from '../../study/commands/retry-study.js';
import { submitStudy } from '../../study/commands/submit-study.js';
import { withdrawStudy } from '../../study/commands/withdraw-study.js';
import { describedByHeaders, imagesByHeaders } from '../../submission/by-headers.js';
import {
  BusyError,
  ConflictError,
  InputError,
  NotFoundError,
  StateError,
  UploadError,
} from '../../submission/errors.js';
import type { SubmittedImage } from '../../submission/image-input.js';
import { builder } from '../builder.js';
import type { OperationContext } from '../context.js';
import { decodeId } from '../global-id.js';
import { ImageView } from '../image/image.js';
import { Site } from '../site/site.js';
import { Priority, Study } from './study.js';
import { freshly, payload } from './study-payload.js';

function commandDeps({ deps: { pool, card, admit } }: OperationContext) {
  return { pool, ageWithinRange: (months: number | null) => ageWithinRange(card, months), admit };
}

const SubmitStudyPayload = payload<{ studyId: string; created: boolean }>('SubmitStudyPayload');
builder.objectField(SubmitStudyPayload, 'created', (t) =>
  t.exposeBoolean('created', {
    description:
      'False when this submission was answered with an earlier study, which stays as it was submitted: to correct ' +
      'an age or a priority, withdraw that one first.',
  }),
);

const SubmitImageInput = builder.inputType('SubmitImageInput', {
  fields: (t) => ({
    uploadId: t.id({ required: true }),
    view: t.field({ type: ImageView, defaultValue: 'UNKNOWN' }),
    seriesInstanceUid: t.string(),
    sopInstanceUid: t.string({
      description: 'The same instance twice at one site is one image, unless its study was withdrawn.',
    }),
  }),
});

function imageOf(input: typeof SubmitImageInput.$inferInput): SubmittedImage {
  return {
    uploadId: decodeId(input.uploadId).id,
    view: input.view ?? 'UNKNOWN',
    seriesInstanceUid: input.seriesInstanceUid ?? null,
    sopInstanceUid: input.sopInstanceUid ?? null,
  };
}

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
    uploadIds: t.idList({
      description: 'The short form of `images`, for pictures that nothing more is known of.',
    }),
    images: t.field({
      type: [SubmitImageInput],
      description: 'One to 32. Give either these or `uploadIds`.',
    }),
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
          commandDeps(context),
          viewer,
          await describedByHeaders(deps, viewer, {
            siteId: input.siteId.id,
            patientReference: input.patientReference,
            patientAgeMonths: input.patientAgeMonths ?? null,
            patientBirthDate: input.patientBirthDate ?? null,
            priority: input.priority ?? 'ROUTINE',
            accessionNumber: input.accessionNumber ?? null,
            studyInstanceUid: input.studyInstanceUid ?? null,
            uploadIds: input.uploadIds?.map((id) => decodeId(id).id) ?? null,
            images: input.images?.map(imageOf) ?? null,
            idempotencyKey: input.idempotencyKey,
          }),
        );
        const priority = input.priority ?? 'ROUTINE';
        const outcome = created ? 'created' : 'repeated';
        deps.instruments.count('lucency_submissions_total', { priority, outcome });
        if (change) deps.announce(change);
        return { studyId, created };
      }),
  }),
);

const AddImagesPayload = payload<{ studyId: string; added: number }>('AddImagesPayload');
builder.objectField(AddImagesPayload, 'added', (t) =>
  t.exposeInt('added', { description: 'How many of the images were new to the study.' }),
);

const AddImagesInput = builder.inputType('AddImagesInput', {
  fields: (t) => ({
    studyId: t.globalID({ for: Study, required: true }),
    images: t.field({ type: [SubmitImageInput], required: true }),
  }),
});

builder.mutationField('addImages', (t) =>
  t.field({
    description:
      'Adds images that came late to a study, each once. What is new is read, and the study is QUEUED again until then.',
    type: AddImagesPayload,
    args: { input: t.arg({ type: AddImagesInput, required: true }) },
    errors: {
      types: [InputError, NotFoundError, StateError, ConflictError, UploadError, BusyError],
      union: { name: 'AddImagesResult' },
    },
    resolve: (_root, { input }, context) =>
      freshly('addImages', context, async () => {
        const { deps, viewer } = context;
        const studyId = input.studyId.id;
        const { added, change } = await addImages(
          commandDeps(context),
          viewer,
          studyId,
          await imagesByHeaders(deps, viewer, input.images.map(imageOf)),
        );
        if (change) deps.announce(change);
        return { studyId, added };
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
        const change = await retryStudy(context.deps, context.viewer, studyId);
        if (change) context.deps.announce(change);
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
        const change = await withdrawStudy(context.deps, context.viewer, studyId, input.reason);
        if (change) context.deps.announce(change);
        return { studyId };
      }),
  }),
);
