import { describe, expect, it } from 'vitest';
import { parseManifests, type Workload, workloadsOf } from './manifest.js';
import { faultsOf } from './pod-rules.js';

const sound = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: sound }
spec:
  template:
    metadata: { labels: { app: sound } }
    spec:
      automountServiceAccountToken: false
      serviceAccountName: sound
      securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: RuntimeDefault } }
      containers:
        - name: main
          image: registry.example.org:5000/sound:1.0
          env: [{ name: DATABASE_POOL, value: "5" }]
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: { drop: [ALL] }
          resources: { requests: { cpu: 1, memory: 1Gi }, limits: { memory: 1Gi } }
          startupProbe: {}
          readinessProbe: {}
          livenessProbe: {}
`;

function faultsWith(from: string, to: string): string[] {
  expect(sound).toContain(from);
  return workloadsOf(parseManifests(sound.replace(from, to))).flatMap((workload: Workload) =>
    faultsOf(workload),
  );
}

describe('the rules for pods', () => {
  it('find nothing in a sound one', () => {
    expect(faultsWith('sound', 'sound')).toEqual([]);
  });

  it.each([
    ['runAsNonRoot: true', 'runAsNonRoot: false', 'may run as root'],
    ['runAsUser: 10001, ', '', 'names no user by number'],
    ['RuntimeDefault', 'Unconfined', 'has no seccomp profile'],
    [
      'serviceAccountName: sound',
      'serviceAccountName: sound\n      hostNetwork: true',
      "shares the node's namespaces",
    ],
    [
      'serviceAccountName: sound',
      'volumes: [{ name: node, hostPath: { path: / } }]\n      serviceAccountName: sound',
      "mounts the node's files",
    ],
    ['automountServiceAccountToken: false', '', 'is given a token'],
    ['allowPrivilegeEscalation: false', '', 'main may gain privileges'],
    ['readOnlyRootFilesystem: true', '', 'main may write to its root file system'],
    ['drop: [ALL]', 'drop: [NET_RAW]', 'main keeps capabilities'],
    ['limits: { memory: 1Gi }', 'limits: { cpu: 1 }', 'main has no memory limit'],
    ['sound:1.0', 'sound', 'main pins no version of its image'],
    [
      'name: DATABASE_POOL, value: "5"',
      'name: DATABASE_URL, value: "postgres://"',
      'main holds a secret in plain',
    ],
    ['readinessProbe: {}', '', 'main lacks a probe'],
  ])('%s -> %s: it %s', (from, to, fault) => {
    expect(faultsWith(from, to)).toEqual([fault]);
  });
});
