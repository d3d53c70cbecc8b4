import { createDestination, testDestination, updateDestination } from '../../delivery/destinations.js';
import { InputError, NotFoundError, StateError } from '../../submission/errors.js';
import { builder } from '../builder.js';
import { Site } from '../site/site.js';
import { freshly } from '../study/study-payload.js';
import { DeliveryPayload } from './delivery-payload.js';
import { Destination, DestinationAuthentication, DestinationKind } from './destination.js';

const DestinationPayload = builder.objectRef<{ destinationId: string }>('DestinationPayload').implement({
  fields: (t) => ({
    destination: t.prismaField({
      type: Destination,
      resolve: async (query, { destinationId }, _args, { reader }) =>
        (await reader.open()).destination.findUniqueOrThrow({ ...query, where: { id: destinationId } }),
    }),
  }),
});

const CreateDestinationInput = builder.inputType('CreateDestinationInput', {
  fields: (t) => ({
    siteId: t.globalID({ for: Site, required: true }),
    name: t.string({ required: true, description: 'One of its own at the site.' }),
    kind: t.field({ type: DestinationKind, required: true }),
    aeTitle: t.string({ description: 'With host, needed of DICOM.' }),
    callingAeTitle: t.string({ description: 'LUCENCY unless given.' }),
    host: t.string(),
    port: t.int({ description: '104 unless given.' }),
    tls: t.boolean(),
    url: t.string({ description: 'Needed of DICOMWEB and FHIR.' }),
    authentication: t.field({ type: DestinationAuthentication }),
    secretName: t.string({ description: 'With userName, needed of BASIC and OAUTH.' }),
    userName: t.string(),
    issuer: t.string({ description: 'Needed of OAUTH.' }),
    scope: t.string(),
    audience: t.string(),
  }),
});

const UpdateDestinationInput = builder.inputType('UpdateDestinationInput', {
  description: 'What is left out stays as it is.',
  fields: (t) => ({
    destinationId: t.globalID({ for: Destination, required: true }),
    name: t.string(),
    enabled: t.boolean(),
    aeTitle: t.string(),
    callingAeTitle: t.string(),
    host: t.string(),
    port: t.int(),
    tls: t.boolean(),
    url: t.string(),
    authentication: t.field({ type: DestinationAuthentication }),
    secretName: t.string({ description: 'This and the following: empty takes it away.' }),
    userName: t.string(),
    issuer: t.string(),
    scope: t.string(),
    audience: t.string(),
  }),
});

builder.mutationField('createDestination', (t) =>
  t.field({
    description:
      'Adds a PACS or a FHIR server; what is read from now on is sent there. Administrators of the site may.',
    type: DestinationPayload,
    args: { input: t.arg({ type: CreateDestinationInput, required: true }) },
    errors: { types: [InputError, NotFoundError], union: { name: 'CreateDestinationResult' } },
    resolve: (_root, { input: { siteId, ...input } }, context) =>
      freshly('createDestination', context, async () => ({
        destinationId: await createDestination(context.deps, context.viewer, { ...input, siteId: siteId.id }),
      })),
  }),
);

builder.mutationField('updateDestination', (t) =>
  t.field({
    description: 'Changes a destination or switches it off. Administrators of the site may.',
    type: DestinationPayload,
    args: { input: t.arg({ type: UpdateDestinationInput, required: true }) },
    errors: { types: [InputError, NotFoundError], union: { name: 'UpdateDestinationResult' } },
    resolve: (_root, { input: { destinationId, name, enabled, ...input } }, context) =>
      freshly('updateDestination', context, async () => {
        await updateDestination(context.deps, context.viewer, {
          ...input,
          destinationId: destinationId.id,
          name: name ?? null,
          enabled: enabled ?? null,
        });
        return { destinationId: destinationId.id };
      }),
  }),
);

const TestDestinationInput = builder.inputType('TestDestinationInput', {
  fields: (t) => ({ destinationId: t.globalID({ for: Destination, required: true }) }),
});

builder.mutationField('testDestination', (t) =>
  t.field({
    description:
      'Has the sending service greet a destination once, as by C-ECHO. The delivery tells how it went, a second or two later.',
    type: DeliveryPayload,
    args: { input: t.arg({ type: TestDestinationInput, required: true }) },
    errors: { types: [NotFoundError, StateError], union: { name: 'TestDestinationResult' } },
    resolve: (_root, { input }, context) =>
      freshly('testDestination', context, async () => ({
        deliveryId: await testDestination(context.deps, context.viewer, input.destinationId.id),
      })),
  }),
);
