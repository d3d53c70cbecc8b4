import { node, pods } from '../addresses.js';
import { certify } from '../credentials/authority.js';
import { writeKubeconfig } from '../credentials/kubeconfig.js';
import type { Programs } from '../programs/find.js';
import type { Household } from '../programs/household.js';

/** Makes the addresses of services lead to pods, with iptables. */
export async function startProxy({ proxy }: Programs, household: Household): Promise<void> {
  const kubeconfig = writeKubeconfig('kube-proxy', await certify('kube-proxy', '/CN=system:kube-proxy'));
  await household.start({
    name: 'kube-proxy',
    command: proxy,
    args: [
      ...[`--kubeconfig=${kubeconfig}`, '--proxy-mode=iptables', `--cluster-cidr=${pods.network}`],
      ...[`--hostname-override=${node.name}`, `--bind-address=${node.address}`],
      // How many connections the machine tracks is its own affair.
      ...['--conntrack-max-per-core=0', '--conntrack-min=0'],
      ...['--conntrack-tcp-timeout-established=0s', '--conntrack-tcp-timeout-close-wait=0s'],
      '--iptables-min-sync-period=200ms',
    ],
  });
}
