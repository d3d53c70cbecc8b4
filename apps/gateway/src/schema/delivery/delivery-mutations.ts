import { type DeliveryFailure, deliveryFailures } from '@lucency/contracts';
import { retryDelivery } from '../../delivery/retry-delivery.js';
import { type DeliveryEnd, settleDelivery } from '../../delivery/settle-delivery.js';
import { type Lease, takeDeliveries } from '../../delivery/take-deliveries.js';
import { InputError, NotFoundError, StateError } from '../../submission/errors.js';
import { builder } from '../builder.js';
import { freshly } from '../study/study-payload.js';
import { Delivery } from './delivery.js';
import { DeliveryPayload } from './delivery-payload.js';

const LeasedDelivery = builder.objectRef<Lease>('LeasedDelivery').implement({
  description: 'A delivery in the hands of whoever took it, until its lease ends.',
  fields: (t) => ({
    lease: t.exposeString('lease', { description: 'To be handed to settleDelivery.' }),
    delivery: t.prismaField({
      type: Delivery,
      resolve: async (query, { deliveryId }, _args, { reader }) =>
        (await reader.open()).delivery.findUniqueOrThrow({ ...query, where: { id: deliveryId } }),
    }),
  }),
});

const TakeDeliveriesPayload = builder.objectRef<{ deliveries: Lease[] }>('TakeDeliveriesPayload').implement({
  fields: (t) => ({
    deliveries: t.field({ type: [LeasedDelivery], resolve: ({ deliveries }) => deliveries }),
  }),
});

const TakeDeliveriesInput = builder.inputType('TakeDeliveriesInput', {
  fields: (t) => ({
    limit: t.int({ required: true, description: '1 to 20.' }),
    leaseSeconds: t.int({
      required: true,
      description: '10 to 600. What was not settled by then is handed out again.',
    }),
  }),
});

builder.mutationField('takeDeliveries', (t) =>
  t.field({
    description:
      'Takes what is to be sent for the sites where the viewer has the role SERVICE, the urgent first and a few of each ' +
      'destination. Any number of programs may ask; none is given what another holds.',
    type: TakeDeliveriesPayload,
    args: { input: t.arg({ type: TakeDeliveriesInput, required: true }) },
    complexity: { field: 10, multiplier: 2 },
    errors: { types: [InputError], union: { name: 'TakeDeliveriesResult' } },
    resolve: (_root, { input }, context) =>
      freshly('takeDeliveries', context, async () => {
        between('limit', input.limit, 1, 20);
        between('leaseSeconds', input.leaseSeconds, 10, 600);
        return { deliveries: await takeDeliveries(context.deps, context.viewer, input) };
      }),
  }),
);

function between(field: string, value: number, least: number, most: number): void {
  if (value < least || value > most) throw new InputError(field, `Give ${least} to ${most}.`);
}

const DeliveryOutcome = builder.enumType('DeliveryOutcome', {
  values: {
    DELIVERED: {},
    AGAIN: { description: 'It is tried again after a pause that grows to a quarter of an hour, for a week.' },
    HOPELESS: { description: 'No repetition would help.' },
  },
});

const failures = Object.keys(deliveryFailures) as [DeliveryFailure, ...DeliveryFailure[]];
const DeliveryFailureCode = builder.enumType('DeliveryFailure', {
  values: Object.fromEntries(
    failures.map((code) => [code, { value: code, description: deliveryFailures[code].sentence }]),
  ) as Record<DeliveryFailure, { value: DeliveryFailure; description: string }>,
});

const SettleDeliveryInput = builder.inputType('SettleDeliveryInput', {
  fields: (t) => ({
    deliveryId: t.globalID({ for: Delivery, required: true }),
    lease: t.string({ required: true }),
    outcome: t.field({ type: DeliveryOutcome, required: true }),
    reason: t.field({ type: DeliveryFailureCode, description: 'Needed unless it was delivered.' }),
  }),
});

builder.mutationField('settleDelivery', (t) =>
  t.field({
    description: 'Says how sending a delivery that was taken ended.',
    type: DeliveryPayload,
    args: { input: t.arg({ type: SettleDeliveryInput, required: true }) },
    errors: { types: [InputError, NotFoundError], union: { name: 'SettleDeliveryResult' } },
    resolve: (_root, { input }, context) =>
      freshly('settleDelivery', context, async () => {
        const deliveryId = input.deliveryId.id;
        const lease = { deliveryId, lease: leaseOf(input.lease) };
        await settleDelivery(context.deps, context.viewer, lease, endOf(input));
        return { deliveryId };
      }),
  }),
);

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function leaseOf(given: string): string {
  if (uuid.test(given)) return given;
  throw new InputError('lease', 'Hand back the lease that came with the delivery.');
}

function endOf({ outcome, reason }: typeof SettleDeliveryInput.$inferInput): DeliveryEnd {
  if (outcome === 'DELIVERED') return { outcome };
  if (!reason) throw new InputError('reason', 'Say why it was not delivered.');
  return { outcome, reason };
}

const RetryDeliveryInput = builder.inputType('RetryDeliveryInput', {
  fields: (t) => ({ deliveryId: t.globalID({ for: Delivery, required: true }) }),
});

builder.mutationField('retryDelivery', (t) =>
  t.field({
    description: 'Sends now what failed or waits to be tried again. Administrators of the site may.',
    type: DeliveryPayload,
    args: { input: t.arg({ type: RetryDeliveryInput, required: true }) },
    errors: { types: [NotFoundError, StateError], union: { name: 'RetryDeliveryResult' } },
    resolve: (_root, { input }, context) =>
      freshly('retryDelivery', context, async () => {
        await retryDelivery(context.deps, context.viewer, input.deliveryId.id);
        return { deliveryId: input.deliveryId.id };
      }),
  }),
);
