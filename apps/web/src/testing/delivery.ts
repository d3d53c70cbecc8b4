import { deliveryFailures } from '@lucency/contracts';
import type { DeliveryLineFragment } from '../gql/graphql';

export const unreachable = { code: 'UNREACHABLE', message: deliveryFailures.UNREACHABLE.sentence };

/** A result that waits for its first try, seen by somebody who may not send it again. */
export function deliveryWith(other: Partial<DeliveryLineFragment> = {}): DeliveryLineFragment {
  return {
    id: 'v1',
    content: 'RESULT',
    state: 'PENDING',
    reason: null,
    tries: 0,
    nextTryAt: null,
    createdAt: '2030-03-02T10:00:00Z',
    settledAt: null,
    viewerCanRetry: false,
    destination: { id: 'd1', name: 'PACS', enabled: true },
    study: { id: 's1', patientReference: 'P-1' },
    image: { id: 'i1', view: 'PA' },
    ...other,
  };
}
