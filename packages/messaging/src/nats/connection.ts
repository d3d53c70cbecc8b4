import { connect, type NatsConnection } from '@nats-io/transport-node';

export interface NatsOptions {
  /** Comma-separated, as in nats://a:4222,nats://b:4222. */
  servers: string;
  /** Shown in the server's list of connections. */
  name: string;
}

/** Connects and keeps reconnecting for ever: a worker without NATS waits, it does not die. */
export function connectToNats({ servers, name }: NatsOptions): Promise<NatsConnection> {
  return connect({
    servers: servers.split(','),
    name,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    waitOnFirstConnect: true,
  });
}
