import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { demoDirectory } from '@lucency/dev-stack';
import { authority, certify } from '../credentials/authority.js';
import { apply, kubectl } from '../kubernetes/kubectl.js';
import { namespace } from '../kubernetes/namespace.js';

/** What docs/operations/install.md asks of a site before the chart: a namespace, secrets, certificates. */
export async function prepareSite(): Promise<void> {
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
  await apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } }]);
  // The disk of an install that failed keeps its passwords.
  if ((await kubectl('--namespace', namespace, 'get', 'secrets', '--output=name')) !== '') return;
  const passwords = { superuser: draw(), owner: draw(), app: draw(), worker: draw() };
  const url = (role: 'owner' | 'app' | 'worker') =>
    `postgresql://lucency_${role}:${passwords[role]}@lucency-postgres:5432/lucency`;
  const s3 = { AWS_ACCESS_KEY_ID: 'lucency', AWS_SECRET_ACCESS_KEY: draw() };
  await apply([
    secret('lucency-owner', { 'owner-database-url': url('owner') }),
    secret('lucency-gateway', {
      'app-database-url': url('app'),
      'address-signing-key': draw(),
    }),
    secret('lucency-coordinator', { 'worker-database-url': url('worker') }),
    secret('lucency-nats', Object.fromEntries(natsUsers.map((user) => [`${user}-password`, draw()]))),
    secret('lucency-nats-tls', await natsCertificate()),
    secret('lucency-portal', { 'session-secret': draw() }),
    secret(
      'lucency-postgres',
      Object.fromEntries(Object.entries(passwords).map(([role, password]) => [`${role}-password`, password])),
    ),
    secret('lucency-s3', s3),
    secret('lucency-directory', { 'directory.json': JSON.stringify(demoDirectory) }),
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'house-authority', namespace },
      data: { 'ca.crt': readFileSync(authority.certificate, 'utf8') },
    },
  ]);
}

const natsUsers = ['gateway', 'coordinator', 'inference', 'explain'];

async function natsCertificate(): Promise<Record<string, string>> {
  const name = 'lucency-nats-0.lucency-nats';
  const { certificate, key } = await certify('nats', '/CN=nats', `DNS:${name},DNS:localhost`);
  const files = { 'tls.crt': certificate, 'tls.key': key, 'ca.crt': authority.certificate };
  return Object.fromEntries(
    Object.entries(files).map(([entry, file]) => [entry, readFileSync(file, 'utf8')]),
  );
}

function draw(): string {
  return randomBytes(24).toString('hex');
}

function secret(name: string, stringData: Record<string, string>): object {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, stringData };
}
