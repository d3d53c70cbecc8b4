import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type Connection,
  connectionOf,
  openHome,
  readConnection,
  services,
  startStack,
} from '@lucency/dev-stack';
import { clientTokenRequest, type Target, type TokenRequest } from './target.ts';

/** Of the demo directory: who reads, then who submits at the three sites; the last is the abuser where one is. */
const people = ['radiologist-both', 'technologist-valley', 'technologist-north'];
const lastPerson = 'technologist-south';

/** The platform that `npm start` runs on this home; undefined when none does. */
export function runningTarget(home: string): Target | undefined {
  const connection = readConnection(home);
  return connection && targetOf(connection, async () => undefined);
}

/** A platform without the portal for this run alone, in a home that is thrown away. */
export async function freshTarget(say: (text: string) => void): Promise<Target> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lucency-load-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const stack = await startStack({
      root: path.join(import.meta.dirname, '../../..'),
      home: openHome(path.join(folder, 'home')),
      services: services.filter(({ name }) => name !== 'web'),
      anyPorts: true,
      say,
    });
    return targetOf(connectionOf(stack), async () => {
      await stack.stop();
      await remove();
    });
  } catch (error) {
    await remove();
    throw error;
  }
}

function targetOf(connection: Connection, close: () => Promise<void>): Target {
  const { gatewayUrl, issuer, apiClient, demoTokens, pids } = connection;
  const asPerson = (subject: string): TokenRequest => ({
    url: demoTokens.url,
    headers: { authorization: `Bearer ${demoTokens.secret}`, 'content-type': 'text/plain' },
    body: subject,
  });
  return {
    url: gatewayUrl,
    tokenRequests: [
      ...people.map(asPerson),
      clientTokenRequest(`${issuer}/token`, apiClient),
      asPerson(lastPerson),
    ],
    pids,
    close,
  };
}
