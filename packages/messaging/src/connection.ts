import { connect, type NatsConnection } from '@nats-io/transport-node';
import { z } from 'zod';

/**
 * How a service reaches NATS; spread into its own schema. User and password rather than a credentials file: they are
 * two plain keys of a Secret, the server reads the same keys, and nobody has to keep an operator's signing keys.
 */
export const natsEnvironment = {
  NATS_URL: z.string().min(1),
  NATS_USER: z
    .string()
    .regex(/^[a-z0-9_-]+$/, 'may have small letters, digits, - and _')
    .optional(),
  NATS_PASSWORD: z.string().optional(),
  /** The authority that signed the servers' certificates; with it nothing is sent unencrypted. */
  NATS_CA_FILE: z.string().optional(),
};
type NatsEnvironment = z.infer<z.ZodObject<typeof natsEnvironment>>;

export interface NatsOptions {
  /** Comma-separated, as in nats://a:4222,nats://b:4222. */
  servers: string;
  /** Shown in the server's list of connections. */
  name: string;
  user?: string | undefined;
  password?: string | undefined;
  caFile?: string | undefined;
}

export function natsOptions(environment: NatsEnvironment, name: string): NatsOptions {
  return {
    servers: environment.NATS_URL,
    name,
    user: environment.NATS_USER,
    password: environment.NATS_PASSWORD,
    caFile: environment.NATS_CA_FILE,
  };
}

/** Connects and keeps reconnecting for ever: a worker without NATS waits, it does not die. */
export function connectToNats(options: NatsOptions): Promise<NatsConnection> {
  const { servers, name, user, password, caFile } = options;
  return connect({
    servers: servers.split(','),
    name,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    waitOnFirstConnect: true,
    // While a password is changed, servers and services disagree for a while.
    ignoreAuthErrorAbort: true,
    // Each user may listen to its own answers only.
    inboxPrefix: `_INBOX.${user ?? name}`,
    ...(user ? { user } : {}),
    ...(password ? { pass: password } : {}),
    ...(caFile ? { tls: { caFile } } : {}),
  });
}
