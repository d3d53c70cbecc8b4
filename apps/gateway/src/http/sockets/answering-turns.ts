import type { Viewer } from '../../identity/viewer.js';
import { ClientLanes } from '../limits/client-lanes.js';

/**
 * Turns at answering events. One change is an event for everyone who listens, so without turns the listeners of one
 * organization take every database connection, and the queries of another find none. How many wait is bounded by how
 * many subscriptions there may be.
 */
export class AnsweringTurns {
  readonly #persons = new ClientLanes({ atOnce: 2, mostWaiting: Number.POSITIVE_INFINITY });
  readonly #organizations = new ClientLanes({ atOnce: 4, mostWaiting: Number.POSITIVE_INFINITY });

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
