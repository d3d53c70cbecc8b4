import { z } from 'zod';

const webAddress = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .refine(isEncryptedOrLocal, 'must be https; http is allowed on this machine only')
  .transform((address) => address.replace(/\/+$/, ''));

const variables = z.object({
  /** Where the browser reaches GraphQL, at /graphql over HTTP and WebSocket. */
  GATEWAY_URL: webAddress.default('http://localhost:4000'),
  OIDC_ISSUER: z
    .url({ protocol: /^https?$/, error: 'must be the address of the OpenID Connect provider' })
    .refine(isEncryptedOrLocal, 'must be https; http is allowed on this machine only'),
  OIDC_CLIENT_ID: z.string().min(1).default('lucency-portal'),
  /** The audience that access tokens for the gateway carry. */
  OIDC_AUDIENCE: z.string().min(1).default('lucency-api'),
  OIDC_SCOPE: z.string().min(1).default('openid profile offline_access'),
  /** Where people reach this portal; addresses for redirects are built from it, never from a request. */
  PUBLIC_URL: webAddress.default('http://localhost:3000'),
  /** Encrypts the session cookie. */
  SESSION_SECRET: z.string().min(32, 'must have at least 32 characters'),
});

export interface Environment {
  gatewayUrl: string;
  oidc: { issuer: URL; clientId: string; audience: string; scope: string };
  publicUrl: string;
  sessionSecret: string;
}

/** Parses every variable at once; the error names all faults, one a line. */
export function readEnvironment(source: Record<string, string | undefined>): Environment {
  const parsed = variables.safeParse(source);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The portal's environment is not usable:\n${faults.join('\n')}`);
  }
  const env = parsed.data;
  return {
    gatewayUrl: env.GATEWAY_URL,
    oidc: {
      issuer: new URL(env.OIDC_ISSUER),
      clientId: env.OIDC_CLIENT_ID,
      audience: env.OIDC_AUDIENCE,
      scope: env.OIDC_SCOPE,
    },
    publicUrl: env.PUBLIC_URL,
    sessionSecret: env.SESSION_SECRET,
  };
}

let current: Environment | undefined;

/** The environment of this process, read when it is first needed: a build must not fix any of it. */
export function environment(): Environment {
  current ??= readEnvironment(process.env);
  return current;
}

export function isLoopback(address: URL): boolean {
  return (
    ['localhost', '127.0.0.1', '[::1]'].includes(address.hostname) || address.hostname.endsWith('.localhost')
  );
}

/**
 * Browsers give pages by plain http no means to hash or to draw random numbers, and tokens would cross the network in
 * the clear. Names of a cluster's own services lead no person anywhere: they are for what runs beside them.
 */
function isEncryptedOrLocal(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.protocol === 'https:' || isLoopback(url) || url.hostname.endsWith('.svc.cluster.local');
}
