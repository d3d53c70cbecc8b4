import { readFile } from 'node:fs/promises';
import { clientTokenRequest, type Target } from './target.ts';

export interface RemoteOptions {
  url: string;
  issuer: string;
  /** Pairs in order; a file holds the secret alone. */
  clients: { clientId: string; secretFile: string }[];
}

/** Any platform, used with credentials of clients that it knows. @throws when the issuer cannot be read */
export async function remoteTarget({ url, issuer, clients }: RemoteOptions): Promise<Target> {
  const tokenUrl = await tokenEndpointOf(issuer);
  const tokenRequests = await Promise.all(
    clients.map(async ({ clientId, secretFile }) => {
      const secret = (await readFile(secretFile, 'utf8')).trim();
      return clientTokenRequest(tokenUrl, { clientId, secret });
    }),
  );
  return { url: url.replace(/\/(graphql)?$/, ''), tokenRequests, pids: {}, close: async () => undefined };
}

async function tokenEndpointOf(issuer: string): Promise<string> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(address);
  const configuration: unknown = response.ok ? await response.json() : {};
  const { token_endpoint: endpoint } = Object(configuration);
  if (typeof endpoint !== 'string') throw new Error(`${address} names no token endpoint`);
  return endpoint;
}
