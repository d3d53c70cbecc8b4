import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { demoDirectory } from '@lucency/dev-stack';
import { authority } from '../control-plane/authority.js';
import { apply, kubectl } from '../kubernetes/kubectl.js';

export const namespace = 'lucency';
export const bucket = 'lucency';
export const s3Image = 'localhost/lucency-cluster/s3:1';

/** What docs/operations/install.md asks of a site before the chart: a namespace, secrets, and S3. */
export async function prepareSite(): Promise<void> {
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
  await apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } }]);
  const passwords = { superuser: draw(), owner: draw(), app: draw(), worker: draw() };
  const url = (role: 'owner' | 'app' | 'worker') =>
    `postgresql://lucency_${role}:${passwords[role]}@lucency-postgres:5432/lucency`;
  const s3 = { AWS_ACCESS_KEY_ID: 'lucency', AWS_SECRET_ACCESS_KEY: draw() };
  await apply([
    secret('lucency-owner', { 'owner-database-url': url('owner') }),
    secret('lucency-gateway', {
      'app-database-url': url('app'),
      'worker-database-url': url('worker'),
      'address-signing-key': draw(),
    }),
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
    ...s3Objects(),
  ]);
  await kubectl('--namespace', namespace, 'rollout', 'status', 'deployment/s3', '--timeout=180s');
}

function draw(): string {
  return randomBytes(24).toString('hex');
}

function secret(name: string, stringData: Record<string, string>): object {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, stringData };
}

/** versitygw on a disk of its own; the bucket is a folder. */
function s3Objects(): object[] {
  const labels = { app: 's3' };
  const user = { runAsNonRoot: true, runAsUser: 10001, runAsGroup: 10001, fsGroup: 10001 };
  const security = {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  };
  const image = { image: s3Image, imagePullPolicy: 'Never', securityContext: security };
  const volumeMounts = [{ name: 'data', mountPath: '/data' }];
  const env = [
    {
      name: 'ROOT_ACCESS_KEY',
      valueFrom: { secretKeyRef: { name: 'lucency-s3', key: 'AWS_ACCESS_KEY_ID' } },
    },
    {
      name: 'ROOT_SECRET_KEY',
      valueFrom: { secretKeyRef: { name: 'lucency-s3', key: 'AWS_SECRET_ACCESS_KEY' } },
    },
  ];
  const pod = {
    automountServiceAccountToken: false,
    securityContext: { ...user, seccompProfile: { type: 'RuntimeDefault' } },
    initContainers: [
      {
        ...{ name: 'bucket', ...image, volumeMounts },
        command: ['mkdir', '--parents', `/data/buckets/${bucket}`, '/data/attributes'],
      },
    ],
    containers: [
      {
        ...{ name: 's3', ...image, volumeMounts, env },
        args: ['--port', ':7070', 'posix', '--sidecar', '/data/attributes', '/data/buckets'],
        readinessProbe: { tcpSocket: { port: 7070 }, periodSeconds: 2 },
        resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '256Mi' } },
      },
    ],
    volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 's3' } }],
  };
  const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
  const metadata = { name: 's3', namespace };
  return [
    { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata, spec: claim },
    { apiVersion: 'v1', kind: 'Service', metadata, spec: { selector: labels, ports: [{ port: 7070 }] } },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: pod } },
    },
  ];
}
