import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '@lucency/chart-tests/tools';
import { domain, node, pods } from '../addresses.js';
import { runFolder } from '../places.js';

/** The bridge that pods hang on, and the way there from everything else in this namespace. */
export async function makeNetwork(): Promise<void> {
  await insist('ip', 'link', 'set', 'lo', 'up');
  await insist('ip', 'link', 'add', pods.bridge, 'type', 'bridge');
  await insist('ip', 'address', 'add', `${node.address}/24`, 'dev', pods.bridge);
  await insist('ip', 'link', 'set', pods.bridge, 'up');
  // The addresses of services are nowhere; this route is what lets a packet to one start, before it is rewritten.
  await insist('ip', 'route', 'add', 'default', 'dev', pods.bridge);
  writeFileSync('/proc/sys/net/ipv4/ip_forward', '1');
}

/** From here on names of the cluster are known to every process of this mount namespace, as they are to pods. */
export async function useClusterNames(): Promise<void> {
  const file = join(runFolder, 'resolv.conf');
  mkdirSync(runFolder, { recursive: true });
  const search = `search svc.${domain} ${domain}`;
  writeFileSync(file, `nameserver ${node.address}\n${search}\noptions ndots:5\n`);
  await insist('mount', '--bind', file, realpathSync('/etc/resolv.conf'));
}

async function insist(program: string, ...args: string[]): Promise<void> {
  const { ok, output } = await run(program, args);
  if (!ok) throw new Error(`${program} ${args.join(' ')}: ${output}`);
}
