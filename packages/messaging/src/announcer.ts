import { type ChangeAnnouncement, changeAnnouncement, subjects } from '@lucency/contracts';
import type { NatsConnection } from '@nats-io/transport-node';
import { parseJson } from './json.js';

/** Tells every gateway of a recorded change. Lossy by design: listeners notice gaps in the revision. */
export function announceChange(connection: NatsConnection, change: ChangeAnnouncement): void {
  if (connection.isClosed()) return;
  connection.publish(subjects.changes(change.organizationId), JSON.stringify(change));
}

/** Calls back for every change of any organization. @returns what ends it. */
export function listenForChanges(
  connection: NatsConnection,
  onChange: (change: ChangeAnnouncement) => void,
): () => void {
  const subscription = connection.subscribe(subjects.allChanges, {
    callback: (error, message) => {
      if (error) return;
      const change = changeAnnouncement.safeParse(parseJson(message.data));
      if (change.success) onChange(change.data);
    },
  });
  return () => subscription.unsubscribe();
}

/** Wakes the dispatchers of all gateways at once. */
export function hintTasksDue(connection: NatsConnection): void {
  if (!connection.isClosed()) connection.publish(subjects.tasksDue);
}

/** @returns what ends it. */
export function listenForDueTasks(connection: NatsConnection, onHint: () => void): () => void {
  const subscription = connection.subscribe(subjects.tasksDue, { callback: () => onHint() });
  return () => subscription.unsubscribe();
}
