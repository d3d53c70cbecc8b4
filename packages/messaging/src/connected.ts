import type { NatsConnection } from '@nats-io/transport-node';

/** Follows a connection. @returns a function that tells whether it is up. */
export function followConnection(connection: NatsConnection): () => boolean {
  let away = false;
  void (async () => {
    for await (const { type } of connection.status()) {
      if (type === 'disconnect') away = true;
      if (type === 'reconnect') away = false;
    }
  })();
  return () => !away && !connection.isClosed();
}
