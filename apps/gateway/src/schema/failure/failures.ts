import {
  BusyError,
  ConflictError,
  InputError,
  NotFoundError,
  QuotaError,
  StateError,
  UploadError,
} from '../../submission/errors.js';
import { builder } from '../builder.js';
import { encodeId } from '../global-id.js';

const Failure = builder.interfaceRef<{ code: string; message: string }>('Error').implement({
  description: 'An expected failure: a code for programs and a sentence for people.',
  fields: (t) => ({ code: t.exposeString('code'), message: t.exposeString('message') }),
});

builder.objectType(InputError, {
  name: 'InputError',
  description: 'The input breaks a rule; `field` names it.',
  interfaces: [Failure],
  fields: (t) => ({ field: t.exposeString('field') }),
});

builder.objectType(NotFoundError, {
  name: 'NotFoundError',
  description: 'There is no such thing, or the viewer may not know of it.',
  interfaces: [Failure],
});

builder.objectType(ConflictError, {
  name: 'ConflictError',
  description:
    "The idempotency key was used with other content, a newer study took this one's place, or an instance has other " +
    'content or another study at this site.',
  interfaces: [Failure],
  fields: (t) => ({
    study: t.prismaField({
      type: 'Study',
      description: 'The study that is in the way.',
      resolve: async (query, { studyId }, _args, context) =>
        (await context.reader.open()).study.findUniqueOrThrow({ ...query, where: { id: studyId } }),
    }),
  }),
});

builder.objectType(UploadError, {
  name: 'UploadError',
  description: 'The upload is missing, incomplete or already used.',
  interfaces: [Failure],
  fields: (t) => ({ uploadId: t.id({ resolve: ({ uploadId }) => encodeId('Upload', uploadId) }) }),
});

builder.objectType(StateError, {
  name: 'StateError',
  description: 'The study is in a state that does not allow this.',
  interfaces: [Failure],
});

builder.objectType(QuotaError, {
  name: 'QuotaError',
  interfaces: [Failure],
  fields: (t) => ({ retryAfterSeconds: t.exposeInt('retryAfterSeconds') }),
});

builder.objectType(BusyError, {
  name: 'BusyError',
  interfaces: [Failure],
  fields: (t) => ({ retryAfterSeconds: t.exposeInt('retryAfterSeconds') }),
});
