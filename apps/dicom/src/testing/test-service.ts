import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createClient, type LucencyClient } from '@lucency/client/node';
import { openHome, type ServiceDefinition, type Stack, services, startStack } from '@lucency/dev-stack';
import { createLogger } from '@lucency/service-kit';
import { type App, startApp } from '../app.js';
import { type Environment, environment } from '../environment.js';
import type { DrawnInstance } from './drawn-instance.js';
import { explicitLittleEndian, type ReceivedPdu, Requestor } from './requestor.js';

const root = path.join(import.meta.dirname, '../../../..');
const north = '88c774fb-e61b-4c3d-a0ae-4404bda027e1';
const south = '7e623d0f-b7ce-4ca7-9415-c18115230ab7';

export interface TestService {
  app: App;
  stack: Stack;
  /** What the API knows, to the same client. */
  client: LucencyClient;
  /** Lines of the service's log. */
  logged: string[];
  /** One instance over an association of its own. */
  send(instance: DrawnInstance, called?: string): Promise<ReceivedPdu>;
  /** The same service with other settings. */
  another(settings: Partial<Environment>): Promise<App>;
  close(): Promise<void>;
}

/** A gateway without workers, in a process of its own, and the service in this one. */
export async function startTestService(): Promise<TestService> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lucency-dicom-service-'));
  const stack = await startStack({
    root,
    home: openHome(path.join(folder, 'home')),
    anyPorts: true,
    services: services.filter(({ name }) => name === 'gateway').map(withoutHaste),
  });
  const { gatewayUrl, signIn } = stack.around;
  const secretFile = path.join(folder, 'secret');
  await writeFile(secretFile, signIn.apiClient.secret);
  const client = { id: signIn.apiClient.clientId, secretFile };
  const sendersFile = path.join(folder, 'senders.json');
  const applicationEntities = [
    { calledAeTitle: 'NORTH', siteId: north, client },
    { calledAeTitle: 'SOUTH', siteId: south, client, issuerInReference: true, priority: 'STAT' },
    // Of another organization, which this client has no rights in.
    { calledAeTitle: 'ELSEWHERE', siteId: '211e0827-052a-4624-a08a-f9161e38bb5b', client },
  ];
  await writeFile(sendersFile, JSON.stringify({ applicationEntities }));
  const logged: string[] = [];
  const log = createLogger({
    service: 'dicom',
    level: 'debug',
    destination: { write: (line) => void logged.push(line) },
  });
  const apps: App[] = [];
  const another = async (settings: Partial<Environment>) => {
    const usual = environment.parse({
      HEALTH_HOST: '127.0.0.1',
      DICOM_HOST: '127.0.0.1',
      DICOM_PORT: '0',
      DICOM_SENDERS_FILE: sendersFile,
      DICOM_SPOOL_DIR: path.join(folder, `spool-${apps.length}`),
      GATEWAY_ENDPOINT: `${gatewayUrl}/graphql`,
      OIDC_ISSUER: signIn.issuer,
      OIDC_AUDIENCE: signIn.audience,
    });
    const app = await startApp({ ...usual, ...settings }, { log });
    apps.push(app);
    return app;
  };
  const app = await another({});
  return {
    app,
    stack,
    client: createClient({ endpoint: `${gatewayUrl}/graphql`, token: () => signIn.clientToken() }),
    logged,
    send: (instance, called = 'NORTH') => sendTo(app.port, instance, called),
    another,
    close: async () => {
      await Promise.all(apps.map((each) => each.stop()));
      await stack.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function sendTo(port: number, instance: DrawnInstance, called = 'NORTH'): Promise<ReceivedPdu> {
  const { sopClassUid, sopInstanceUid, dataSet } = instance;
  const contexts = [{ abstractSyntax: sopClassUid, transferSyntaxes: [explicitLittleEndian] }];
  const requestor = await Requestor.associate(port, { called, contexts });
  const answer = await requestor.store(dataSet, { sopClassUid, sopInstanceUid });
  await requestor.release();
  return answer;
}

/** Nobody reads what is sent here, which must not make the gateway busy. */
function withoutHaste(service: ServiceDefinition): ServiceDefinition {
  const env: ServiceDefinition['env'] = (around) => ({
    ...service.env(around),
    ADMISSION_MAX_WAIT_SECONDS: '3600',
  });
  return { ...service, env };
}
