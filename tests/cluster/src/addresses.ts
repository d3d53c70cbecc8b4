/** The cluster's own networks; nothing outside its namespace can see them. */
export const node = { name: 'real', address: '10.88.0.1' };
export const pods = { network: '10.88.0.0/24', bridge: 'cni0' };
export const services = { network: '10.96.0.0/16', first: '10.96.0.1' };
export const domain = 'cluster.local';
export const ports = {
  api: 6443,
  etcd: 2379,
  etcdPeer: 2380,
  kedaGrpc: 9666,
  kedaAdapter: 6444,
  metricsServer: 6445,
  kwok: 10247,
};
