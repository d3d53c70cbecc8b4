export type {
  InstanceReference,
  ResultToSend,
  SentReading,
  SentRefusal,
  SentReview,
} from '../results/facts.js';
export type { Secrets } from './authorization.js';
export { Delivery, type DeliveryParts } from './delivery.js';
export type { Destination } from './destination.js';
export type { DeliveryLimits } from './limits.js';
export type { DeliveryOutcome } from './outcome.js';
export { secretsIn } from './secret-folder.js';
