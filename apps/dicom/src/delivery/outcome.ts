import { type DeliveryFailure, deliveryFailures } from '@lucency/contracts';

export interface NotDelivered {
  kind: 'again' | 'hopeless';
  reason: DeliveryFailure;
}

/** How one try ended. Whatever is not delivered may be there in part: the next try repeats it without doubling anything. */
export type DeliveryOutcome = { kind: 'delivered' } | NotDelivered;

export const delivered = { kind: 'delivered' } as const;

export function notDelivered(reason: DeliveryFailure): NotDelivered {
  return { kind: deliveryFailures[reason].kind, reason };
}
