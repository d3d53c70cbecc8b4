import { builder } from '../builder.js';
import { Delivery } from './delivery.js';

export const DeliveryPayload = builder.objectRef<{ deliveryId: string }>('DeliveryPayload').implement({
  fields: (t) => ({
    delivery: t.prismaField({
      type: Delivery,
      resolve: async (query, { deliveryId }, _args, { reader }) =>
        (await reader.open()).delivery.findUniqueOrThrow({ ...query, where: { id: deliveryId } }),
    }),
  }),
});
