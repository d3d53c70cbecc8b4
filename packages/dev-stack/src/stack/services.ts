import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Database } from '../postgres/databases.js';
import type { SignInServer } from '../sign-in/start-sign-in.js';
import { demoSecretVariable, demoSendersFile, writeDemoSenders } from './demo-senders.js';
import type { Home } from './home.js';
import type { StackPorts } from './ports.js';

/** What services are told about each other. */
export interface Surroundings {
  root: string;
  home: Home;
  ports: StackPorts;
  portalUrl: string;
  gatewayUrl: string;
  natsUrl: string;
  blobStoreUrl: string;
  database: Database;
  signIn: SignInServer;
}

export interface ServiceDefinition {
  name: string;
  /** Relative to the repository. */
  folder: string;
  /** Yields the processor to what people wait for, as the chart's requests let it on nodes that are full. */
  yields?: true;
  /** Writes what it reads besides its environment. */
  prepare?(around: Surroundings): void;
  args(around: Surroundings): string[];
  env(around: Surroundings): Record<string, string>;
  /** Answers 200 once the service can take work. */
  readyUrl(around: Surroundings): string;
}

/** A trial's people sign in without passwords: nobody on the network may. */
const thisMachine = '127.0.0.1';

const builtMain = () => ['dist/main.js'];

function worker(name: 'inference' | 'explain'): ServiceDefinition {
  return {
    name,
    folder: `apps/${name}`,
    yields: true,
    args: builtMain,
    env: (around) => ({
      NATS_URL: around.natsUrl,
      BLOB_STORE_URL: around.blobStoreUrl,
      HEALTH_HOST: thisMachine,
      HEALTH_PORT: String(around.ports[`${name}Health`]),
    }),
    readyUrl: (around) => `http://127.0.0.1:${around.ports[`${name}Health`]}/readyz`,
  };
}

function portal(command: 'start' | 'dev'): ServiceDefinition {
  return {
    name: 'web',
    folder: 'apps/web',
    args: (around) => {
      const web = createRequire(join(around.root, 'apps/web/package.json'));
      const next = web.resolve('next/dist/bin/next');
      return [next, command, '--hostname', thisMachine, '--port', String(around.ports.portal)];
    },
    env: (around) => ({
      PORT: String(around.ports.portal),
      GATEWAY_URL: around.gatewayUrl,
      OIDC_ISSUER: around.signIn.issuer,
      OIDC_CLIENT_ID: around.signIn.portalClientId,
      PUBLIC_URL: around.portalUrl,
      SESSION_SECRET: around.home.secrets.sessionSecret,
      NEXT_TELEMETRY_DISABLED: '1',
      NODE_ENV: command === 'dev' ? 'development' : 'production',
    }),
    readyUrl: (around) => `http://127.0.0.1:${around.ports.portal}/healthz`,
  };
}

/** Every service of Lucency. A new one is one more entry. */
export const services: readonly ServiceDefinition[] = [
  {
    name: 'gateway',
    folder: 'apps/gateway',
    args: builtMain,
    env: (around) => ({
      HOST: thisMachine,
      PORT: String(around.ports.gateway),
      HEALTH_HOST: thisMachine,
      HEALTH_PORT: String(around.ports.gatewayHealth),
      DATABASE_URL: around.database.appUrl,
      WORKER_DATABASE_URL: around.database.workerUrl,
      NATS_URL: around.natsUrl,
      BLOB_STORE_URL: around.blobStoreUrl,
      OIDC_ISSUER: around.signIn.issuer,
      OIDC_AUDIENCE: around.signIn.audience,
      INTROSPECTION: 'on',
      PUBLIC_URL: around.gatewayUrl,
      PORTAL_ORIGIN: around.portalUrl,
      ADDRESS_SIGNING_KEY: around.home.secrets.addressSigningKey,
    }),
    readyUrl: (around) => `http://127.0.0.1:${around.ports.gatewayHealth}/readyz`,
  },
  worker('inference'),
  worker('explain'),
  {
    name: 'dicom',
    folder: 'apps/dicom',
    prepare: ({ home }) => {
      writeDemoSenders(home.path);
      mkdirSync(destinationSecrets(home.path), { recursive: true });
    },
    args: builtMain,
    env: (around) => ({
      DICOM_HOST: thisMachine,
      DICOM_PORT: String(around.ports.dicom),
      DICOM_SENDERS_FILE: demoSendersFile(around.home.path),
      DICOM_SPOOL_DIR: join(around.home.path, 'dicom-spool'),
      DELIVERY_SECRETS_DIR: destinationSecrets(around.home.path),
      [demoSecretVariable]: around.signIn.apiClient.secret,
      GATEWAY_ENDPOINT: `${around.gatewayUrl}/graphql`,
      OIDC_ISSUER: around.signIn.issuer,
      OIDC_AUDIENCE: around.signIn.audience,
      HEALTH_HOST: thisMachine,
      HEALTH_PORT: String(around.ports.dicomHealth),
    }),
    readyUrl: (around) => `http://127.0.0.1:${around.ports.dicomHealth}/readyz`,
  },
  portal('start'),
];

/** Where secrets of PACS and FHIR servers are put, one file each. */
function destinationSecrets(home: string): string {
  return join(home, 'destinations');
}

/** The portal takes its edits over itself: Next.js brings them into open pages. */
export const servicesInDevelopment: readonly ServiceDefinition[] = services.map((service) =>
  service.name === 'web' ? portal('dev') : service,
);
