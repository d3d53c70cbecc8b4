import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, TLSSocket, type TlsOptions } from 'node:tls';
import { spareConnections } from './limits.js';
import { type AssociationDeps, StoreAssociation } from './store-association.js';

export interface DicomPortOptions extends Omit<AssociationDeps, 'enter' | 'leave'> {
  /** Left out, every address of this machine. */
  host?: string | undefined;
  /** 0 takes a free one. */
  port: number;
  /** Key, certificate and, where clients must show one, the authority of their certificates. */
  tls?: Pick<TlsOptions, 'key' | 'cert' | 'ca'> | undefined;
}

export interface DicomPort {
  port: number;
  associations(): number;
  /** Accepts nothing new, lets each association finish the instance that is under way, and closes. */
  stop(): Promise<void>;
}

/** Opens the port that senders associate with. */
export async function openDicomPort({ host, port, tls, ...deps }: DicomPortOptions): Promise<DicomPort> {
  const connections = new Set<StoreAssociation>();
  let entered = 0;
  let stopping = false;
  const enter = () => {
    if (stopping || entered >= deps.limits.maxAssociations) return false;
    entered += 1;
    return true;
  };
  const leave = () => {
    entered -= 1;
  };
  const onSocket = (socket: Socket) => {
    const fingerprint = socket instanceof TLSSocket ? socket.getPeerCertificate().fingerprint256 : undefined;
    const connection = new StoreAssociation(socket, fingerprint, { ...deps, enter, leave });
    connections.add(connection);
    socket.once('close', () => connections.delete(connection));
  };
  const server = tls
    ? createTlsServer(
        {
          ...tls,
          requestCert: tls.ca !== undefined,
          rejectUnauthorized: tls.ca !== undefined,
          minVersion: 'TLSv1.2',
          handshakeTimeout: deps.limits.associateSeconds * 1000,
        },
        onSocket,
      )
    : createServer(onSocket);
  server.maxConnections = deps.limits.maxAssociations + spareConnections;
  await listen(server, host, port);
  const address = server.address();

  return {
    port: typeof address === 'object' && address ? address.port : port,
    associations: () => entered,
    stop: () =>
      new Promise((resolve) => {
        stopping = true;
        server.close(() => resolve());
        for (const connection of connections) connection.stop();
      }),
  };
}

function listen(server: Server, host: string | undefined, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
