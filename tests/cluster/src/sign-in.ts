import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { startSignIn } from '@lucency/dev-stack';
import { z } from 'zod';
import { node } from './addresses.js';
import { certify } from './credentials/authority.js';
import { runFolder } from './places.js';
import type { Household } from './programs/household.js';

/** As a hospital's provider: outside the cluster, by https with a certificate of the house's own authority. */
export const issuer = `https://${node.address}:8443`;
/** Where people would find it; nothing here resolves the name. */
export const portalUrl = 'https://portal.lucency.test';

const plainPort = 8080;
const file = join(runFolder, 'sign-in.json');
const credentials = z.object({ clientId: z.string(), secret: z.string() });

/** Starts it on the machine's own address, where every pod finds it. */
export async function startProvider(household: Household): Promise<void> {
  const { apiClient, program } = await startSignIn({
    port: plainPort,
    issuer,
    portalOrigins: [portalUrl],
    logFile: join(runFolder, 'log/sign-in.log'),
  });
  household.adopt(program);
  writeFileSync(file, JSON.stringify(apiClient), { mode: 0o600 });
  const { certificate, key } = await certify('sign-in', '/CN=sign-in', `IP:${node.address}`);
  const front = createServer(
    { cert: readFileSync(certificate), key: readFileSync(key) },
    (incoming, outgoing) => {
      const { method, url, headers } = incoming;
      const passedOn = { ...headers, 'x-forwarded-proto': 'https' };
      const onward = request({ port: plainPort, method, path: url, headers: passedOn }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      onward.once('error', () => outgoing.destroy());
      incoming.pipe(onward);
    },
  );
  front.listen(8443, node.address);
}

/** Tokens of the API client, as a PACS broker asks for them; each is used for some minutes. */
export function serviceTokens(): () => Promise<string> {
  const { clientId, secret } = credentials.parse(JSON.parse(readFileSync(file, 'utf8')));
  const basic = Buffer.from(`${clientId}:${secret}`).toString('base64');
  let current: { token: Promise<string>; renewAt: number } | undefined;
  const ask = async () => {
    const response = await fetch(`http://127.0.0.1:${plainPort}/token`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${basic}`,
        'x-forwarded-proto': 'https',
        host: `${node.address}:8443`,
      },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'api' }),
    });
    return z.object({ access_token: z.string() }).parse(await response.json()).access_token;
  };
  return () => {
    if (!current || Date.now() > current.renewAt)
      current = { token: ask(), renewAt: Date.now() + 10 * 60_000 };
    return current.token;
  };
}
