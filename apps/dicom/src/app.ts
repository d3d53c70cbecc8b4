import { readFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';
import { createLogger, type Logger, startHealthServer, startTelemetry } from '@lucency/service-kit';
import { type DicomPortOptions, openDicomPort } from './association/dicom-port.js';
import type { PortLimits } from './association/limits.js';
import { Delivery, secretsIn } from './delivery/index.js';
import type { Environment } from './environment.js';
import { GatewayIntake } from './intake/gateway-intake.js';
import { Outbox } from './outbox/outbox.js';
import { associationMetrics, watchPort } from './port-metrics.js';
import { Spool } from './reception/spool.js';
import { readSenderConfiguration } from './senders/configuration.js';
import { recognize } from './senders/recognize.js';
import { readSecrets } from './senders/secrets.js';
import { ApiClients } from './sign-in/api-clients.js';
import { ClientTokens } from './sign-in/client-tokens.js';

export interface App {
  port: number;
  healthPort: number;
  /** Takes no new association, answers what is under way, closes. */
  stop(): Promise<void>;
}

/** Puts the service together and starts it. */
export async function startApp(environment: Environment, parts: { log?: Logger } = {}): Promise<App> {
  const log = parts.log ?? createLogger({ service: 'dicom', level: environment.LOG_LEVEL });
  const telemetry = startTelemetry('dicom', environment);
  const { instruments } = telemetry;
  const senders = await readSenderConfiguration(environment.DICOM_SENDERS_FILE);
  const tokens = new ClientTokens({
    issuer: new URL(environment.OIDC_ISSUER),
    audience: environment.OIDC_AUDIENCE,
    scope: environment.OIDC_SCOPE,
    secrets: await readSecrets(senders, process.env),
  });
  const clients = new ApiClients(environment.GATEWAY_ENDPOINT, tokens);
  const spool = await Spool.open(environment.DICOM_SPOOL_DIR, environment.DICOM_SPOOL_BYTES);
  const limits = limitsOf(environment);
  let stopping = false;
  const port = await openDicomPort({
    host: environment.DICOM_HOST,
    port: environment.DICOM_PORT,
    tls: await readTls(environment),
    recognize: (caller) => recognize(senders, caller),
    spool,
    intake: new GatewayIntake({
      clients,
      storeSeconds: environment.DICOM_STORE_SECONDS,
      log,
    }),
    limits,
    watch: associationMetrics(instruments),
    log,
  });
  const delivery = new Delivery({
    secrets: secretsIn(environment.DELIVERY_SECRETS_DIR),
    clientTls: await readClientTls(environment),
  });
  const outbox = new Outbox({
    // Each serves the sites where its role is SERVICE.
    clients: [...new Set(senders.applicationEntities.map(({ client }) => client.id))].map((id) =>
      clients.of(id),
    ),
    delivery,
    pollSeconds: environment.DELIVERY_POLL_SECONDS,
    leaseSeconds: environment.DELIVERY_LEASE_SECONDS,
    ended: (content, outcome) =>
      instruments.count('lucency_delivery_tries_total', {
        content,
        reason: outcome.kind === 'delivered' ? 'none' : outcome.reason,
      }),
    log,
  });
  const { DICOM_SPOOL_BYTES: spoolBytes } = environment;
  watchPort(instruments, { port, maxAssociations: limits.maxAssociations, spool, spoolBytes });
  const health = await startHealthServer({
    host: environment.HEALTH_HOST,
    port: environment.HEALTH_PORT,
    notReady: () => (stopping ? 'it is stopping' : null),
    serveMetrics: telemetry.serveMetrics,
  });
  log.info({ port: port.port, size: senders.applicationEntities.length }, 'dicom is ready');
  return {
    port: port.port,
    healthPort: health.port,
    stop: async () => {
      stopping = true;
      await Promise.all([port.stop(), outbox.stop()]);
      delivery.close();
      await health.close();
      await telemetry.stop();
    },
  };
}

async function readClientTls(environment: Environment) {
  const { DICOM_TLS_CERTIFICATE_FILE: cert, DICOM_TLS_KEY_FILE: key } = environment;
  const { DELIVERY_TLS_AUTHORITY_FILE: authority } = environment;
  return {
    ...(cert && key && { cert: await readFile(cert), key: await readFile(key) }),
    // Given alone it would take the place of those that everybody knows.
    ...(authority && { ca: [...rootCertificates, await readFile(authority, 'utf8')] }),
  };
}

function limitsOf(environment: Environment): PortLimits {
  return {
    maxAssociations: environment.DICOM_MAX_ASSOCIATIONS,
    associateSeconds: environment.DICOM_ASSOCIATE_SECONDS,
    idleSeconds: environment.DICOM_IDLE_SECONDS,
    pduSeconds: environment.DICOM_PDU_SECONDS,
    instanceSeconds: environment.DICOM_INSTANCE_SECONDS,
    associationSeconds: environment.DICOM_ASSOCIATION_SECONDS,
    maxInstanceBytes: environment.DICOM_MAX_INSTANCE_BYTES,
  };
}

async function readTls(environment: Environment): Promise<DicomPortOptions['tls']> {
  const { DICOM_TLS_CERTIFICATE_FILE: cert, DICOM_TLS_KEY_FILE: key } = environment;
  const { DICOM_TLS_CLIENT_AUTHORITY_FILE: authority } = environment;
  if (!cert || !key) return undefined;
  return {
    cert: await readFile(cert),
    key: await readFile(key),
    ...(authority && { ca: await readFile(authority) }),
  };
}
