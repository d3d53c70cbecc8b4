import type { Viewer } from '../../identity/viewer.js';
import { ClientLanes } from '../limits/client-lanes.js';

/**
 * Bounds how many events are answered at once for a person and an organization. One change is an event for every subscriber, so
 * without a bound the subscribers of one organization take every database connection. The number of subscriptions bounds the queue.
 */
export class AnsweringTurns {
  readonly #persons = new ClientLanes({ maxRunning: 2, maxWaiting: Number.POSITIVE_INFINITY });
  readonly #organizations = new ClientLanes({ maxRunning: 4, maxWaiting: Number.POSITIVE_INFINITY });

  async take<T>({ personId, organizationId }: Viewer, work: () => Promise<T>): Promise<T> {
    const leavePerson = await this.#persons.enter(personId);
    try {
      const leaveOrganization = await this.#organizations.enter(organizationId);
      try {
        return await work();
      } finally {
        leaveOrganization?.();
      }
    } finally {
      leavePerson?.();
    }
  }
}
