import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DemoDirectory, demoClientId, demoDirectory } from '../demo-directory.js';
import { builtFile } from '../processes/built-file.js';
import { freePort } from '../processes/ports.js';
import { startTethered, type Tethered } from '../processes/tether.js';
import { waitUntilReady } from '../processes/wait-until.js';
import {
  apiAudience,
  configurationVariable,
  portalClientId,
  type SignInConfiguration,
} from './configuration.js';

export interface SignInOptions {
  port?: number;
  /** Where browsers find it: http://localhost:<port> when left out. */
  issuer?: string;
  /** Addresses of the portal; it comes back to <origin>/auth/callback. */
  portalOrigins?: readonly string[];
  directory?: DemoDirectory;
  logFile?: string;
}

export interface SignInServer {
  issuer: string;
  audience: string;
  portalClientId: string;
  program: Tethered;
  /** For client_credentials at `<issuer>/token`. */
  apiClient: { clientId: string; secret: string };
  /** Gives tokens of demo persons to whoever has the secret: POST the subject with `Bearer <secret>`. */
  demoTokens: { url: string; secret: string };
  /** The access token that this demo person, or the API client, would get by signing in. Throws for others. */
  tokenFor(subject: string): Promise<string>;
  /** An access token of the API client, from the token endpoint. */
  clientToken(): Promise<string>;
  stop(): Promise<void>;
}

/** Starts an OpenID Connect provider with the demo people, in a process of its own. */
export async function startSignIn(options: SignInOptions = {}): Promise<SignInServer> {
  const port = options.port ?? (await freePort());
  const issuer = options.issuer ?? `http://localhost:${port}`;
  const directory = options.directory ?? demoDirectory;
  const apiClient = { clientId: demoClientId, secret: randomBytes(24).toString('base64url') };
  const controlSecret = randomBytes(24).toString('base64url');
  const configuration: SignInConfiguration = {
    port,
    issuer,
    audience: apiAudience,
    portal: { clientId: portalClientId, origins: [...(options.portalOrigins ?? ['http://localhost:3000'])] },
    apiClients: [apiClient],
    people: directory.organizations.flatMap((organization) =>
      organization.people
        .filter((person) => person.subject !== apiClient.clientId)
        .map((person) => ({ subject: person.subject, name: person.name, group: organization.name })),
    ),
    controlSecret,
  };

  const scratch = options.logFile ? undefined : mkdtempSync(join(tmpdir(), 'lucency-sign-in-'));
  const program = await startTethered({
    name: 'sign-in',
    command: process.execPath,
    args: [builtFile('sign-in/main.js')],
    env: { ...process.env, [configurationVariable]: JSON.stringify(configuration) },
    logFile: options.logFile ?? join(scratch ?? '.', 'sign-in.log'),
  });
  // Asked by its number, since the issuer's name may lead through a proxy that is not there yet.
  const local = `http://127.0.0.1:${port}`;
  await waitUntilReady(program, () =>
    fetch(`${local}/.well-known/openid-configuration`).then(
      (response) => response.ok,
      () => false,
    ),
  );

  const demoTokens = { url: `${local}/demo-token`, secret: controlSecret };
  return {
    issuer,
    audience: apiAudience,
    portalClientId,
    program,
    apiClient,
    demoTokens,
    async tokenFor(subject) {
      if (subject === apiClient.clientId) return clientToken();
      const headers = { authorization: `Bearer ${demoTokens.secret}` };
      const response = await fetch(demoTokens.url, { method: 'POST', headers, body: subject });
      if (!response.ok) throw new Error(`sign-in knows nobody called ${subject}`);
      return response.text();
    },
    clientToken,
    async stop() {
      await program.stop();
      if (scratch) rmSync(scratch, { recursive: true, force: true });
    },
  };

  async function clientToken(): Promise<string> {
    const basic = Buffer.from(`${apiClient.clientId}:${apiClient.secret}`).toString('base64');
    const response = await fetch(`${local}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'api' }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`sign-in refused the client: ${JSON.stringify(answer)}`);
    return String(Object(answer).access_token);
  }
}
