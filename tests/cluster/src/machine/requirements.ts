import { existsSync } from 'node:fs';
import { firstOf } from '@lucency/chart-tests/tools';

/** What must be on the machine, beside what is built or fetched; each with the Debian package that brings it. */
const programs: Record<string, string> = {
  buildah: 'buildah',
  mmdebstrap: 'mmdebstrap',
  runc: 'runc',
  iptables: 'iptables',
  ip: 'iproute2',
  unshare: 'util-linux',
  nsenter: 'util-linux',
  mount: 'mount',
  openssl: 'openssl',
  git: 'git',
};
export const networkPlugins = '/usr/lib/cni';

/** Why no cluster can run here; nothing when one can. */
export function missingRequirements(): string[] {
  const missing: string[] = [];
  if (process.platform !== 'linux') return [`it takes Linux, and this is ${process.platform}`];
  if (process.getuid?.() !== 0) missing.push('it takes root, for namespaces, mounts and containers');
  for (const [program, debian] of Object.entries(programs)) {
    if (!firstOf([program])) missing.push(`${program} is not installed (Debian: ${debian})`);
  }
  if (!existsSync(`${networkPlugins}/bridge`)) {
    missing.push(`${networkPlugins}/bridge is not there (Debian: containernetworking-plugins)`);
  }
  return missing;
}
