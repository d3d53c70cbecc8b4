import { type CreatedUpload, createUpload } from '../../submission/create-upload.js';
import { BusyError, InputError, NotFoundError, QuotaError } from '../../submission/errors.js';
import { builder } from '../builder.js';
import { countingFailures } from '../failure/counting-failures.js';
import { encodeId } from '../global-id.js';
import { ImageMediaType } from '../image/media-type.js';
import { Site } from '../site/site.js';
import { Priority } from '../study/study.js';

const Upload = builder.objectRef<CreatedUpload>('Upload').implement({
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => encodeId('Upload', id) }),
    url: t.exposeString('url', {
      description: 'PUT exactly the declared bytes here, once, with the declared Content-Type.',
    }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
  }),
});

const CreateUploadPayload = builder.objectRef<{ upload: CreatedUpload }>('CreateUploadPayload').implement({
  fields: (t) => ({
    upload: t.expose('upload', { type: Upload }),
    otherPatientReferences: t.stringList({
      description:
        'Other patients under which exactly this image was submitted before, the newest first and at most five, as ' +
        'far as the viewer may see their studies. Ask before you submit it under one more.',
      resolve: ({ upload }) => upload.otherPatientReferences,
    }),
  }),
});

const CreateUploadInput = builder.inputType('CreateUploadInput', {
  fields: (t) => ({
    siteId: t.globalID({ for: Site, required: true }),
    bytes: t.int({ required: true }),
    mediaType: t.field({ type: ImageMediaType, required: true }),
    sha256: t.string({ required: true, description: 'Lower-case hex SHA-256 of the bytes.' }),
    patientReference: t.string({
      description:
        'Of the study that it is for, if that is known yet; `otherPatientReferences` leaves it out.',
    }),
    priority: t.field({
      type: Priority,
      defaultValue: 'ROUTINE',
      description:
        'Of the study that it is for: while routine ones are refused as BUSY, urgent ones are not.',
    }),
  }),
});

builder.mutationField('createUpload', (t) =>
  t.field({
    type: CreateUploadPayload,
    args: { input: t.arg({ type: CreateUploadInput, required: true }) },
    errors: {
      types: [InputError, NotFoundError, BusyError, QuotaError],
      union: { name: 'CreateUploadResult' },
    },
    resolve: (_root, { input }, context) =>
      countingFailures('createUpload', context, async () => ({
        upload: await createUpload(context.deps, context.viewer, {
          ...input,
          siteId: input.siteId.id,
          priority: input.priority ?? 'ROUTINE',
          patientReference: input.patientReference ?? null,
        }),
      })),
  }),
);
