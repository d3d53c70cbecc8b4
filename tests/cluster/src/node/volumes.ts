import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { node } from '../addresses.js';
import { apply } from '../kubernetes/kubectl.js';
import { runFolder } from '../places.js';

const count = 8;

/** Folders of the real node, for whatever claims a volume; nobody makes more of them. */
export async function makeVolumes(): Promise<void> {
  const names = Array.from({ length: count }, (_, index) => `volume-${index}`);
  await apply(
    names.map((name) => {
      const path = join(runFolder, 'volumes', name);
      mkdirSync(path, { recursive: true });
      const hosts = { key: 'kubernetes.io/hostname', operator: 'In', values: [node.name] };
      return {
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: { name },
        spec: {
          capacity: { storage: '20Gi' },
          accessModes: ['ReadWriteOnce'],
          persistentVolumeReclaimPolicy: 'Retain',
          local: { path },
          nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [hosts] }] } },
        },
      };
    }),
  );
}
