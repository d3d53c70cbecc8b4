import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { domain, node } from '../addresses.js';
import { adminKubeconfig } from '../credentials/kubeconfig.js';
import { runFolder } from '../places.js';
import type { Programs } from '../programs/find.js';
import type { Household } from '../programs/household.js';

/** CoreDNS beside the pods, on the address that the kubelet tells them. */
export async function startNames({ dns }: Programs, household: Household): Promise<void> {
  const file = join(runFolder, 'Corefile');
  writeFileSync(
    file,
    `.:53 {
  bind ${node.address}
  errors
  cache 2
  kubernetes ${domain} in-addr.arpa {
    kubeconfig ${adminKubeconfig}
    ttl 2
  }
  template ANY ANY . {
    rcode NXDOMAIN
  }
}
`,
  );
  await household.start({ name: 'coredns', command: dns, args: ['-conf', file] });
}
