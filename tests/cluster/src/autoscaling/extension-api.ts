import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { authority, certify } from '../credentials/authority.js';
import { apply, kubectl } from '../kubernetes/kubectl.js';
import { until } from '../kubernetes/objects.js';
import { runFolder } from '../places.js';

/** An API that a program of this machine serves as if it were the API server's own. */
export interface ExtensionApi {
  namespace: string;
  /** Of the service by which the API server finds it. */
  service: string;
  port: number;
  group: string;
  version: string;
}

/** A folder with ca.crt, tls.crt and tls.key for the program that serves it. */
export async function keysFor({ service, namespace }: ExtensionApi): Promise<string> {
  const names = ['DNS:localhost', `DNS:${service}.${namespace}.svc`, 'IP:127.0.0.1'];
  const { certificate, key } = await certify(service, `/CN=${service}`, names.join(','));
  const folder = join(runFolder, service);
  mkdirSync(folder, { recursive: true });
  copyFileSync(authority.certificate, join(folder, 'ca.crt'));
  copyFileSync(certificate, join(folder, 'tls.crt'));
  copyFileSync(key, join(folder, 'tls.key'));
  return folder;
}

/** Tells the API server of it, and waits until it answers there. */
export async function announce({ namespace, service, port, group, version }: ExtensionApi): Promise<void> {
  const name = `${version}.${group}`;
  await apply([
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: service, namespace },
      // Out of the cluster, to the same machine.
      spec: { type: 'ExternalName', externalName: 'localhost', ports: [{ name: 'https', port }] },
    },
    {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name },
      spec: {
        service: { name: service, namespace, port },
        ...{ group, version, groupPriorityMinimum: 100, versionPriority: 100 },
        caBundle: readFileSync(authority.certificate).toString('base64'),
      },
    },
  ]);
  await until(name, () => holds('Available', `apiservice/${name}`), 120);
}

/** Unlike waiting, asking may come before the objects have any condition at all. */
export function holds(condition: string, ...objects: string[]): Promise<boolean> {
  return kubectl('wait', `--for=condition=${condition}`, ...objects, '--timeout=1s').then(
    () => true,
    () => false,
  );
}
