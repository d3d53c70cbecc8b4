import { z } from 'zod';
import { seal } from './sealed-cookie';

/**
 * The part of a JWT that says something is base64 of text. Kept as that text, what two tokens of one sign-in
 * have in common is stored once after deflating.
 */
const packedToken = z.union([
  z.string(),
  z.tuple([z.string(), z.string(), z.string()]).transform((parts) => unpackToken(parts)),
]);

export const session = z.object({
  /** Absent where only the refresh token has room; the portal then asks for an access token each time. */
  accessToken: packedToken.optional(),
  /** Seconds since 1970. */
  expiresAt: z.number(),
  refreshToken: packedToken.optional(),
  /** Tells the provider at sign-out whose session to end. */
  idToken: packedToken.optional(),
});
export type Session = z.infer<typeof session>;

/** nginx and others take 8,192 characters for one header: no longer token reaches the gateway. */
export const maxAccessTokenLength = 8_000;
/** What is left of the 4,096 bytes that nginx takes for all headers of an answer, by default. */
const usualSealedLength = 2_300;
/** A browser sends all pieces in one header, which is limited as that of the access token. */
const maxSealedLength = 7_500;

/** The provider's tokens are too long to be kept or to be sent. */
export class SessionTooLarge extends Error {
  override name = 'SessionTooLarge';
}

/**
 * Seals as much of the session as proxies take with their usual settings. What can be had again by the refresh
 * token is left out first; what cannot be left out may be longer, up to what browsers and servers take.
 * @throws SessionTooLarge
 */
export async function sealSession(value: Session, secret: string, lifetimeSeconds: number): Promise<string> {
  const { accessToken, expiresAt, refreshToken, idToken } = value;
  const choices: Session[] = [value];
  if (idToken) choices.push({ accessToken, expiresAt, refreshToken });
  if (refreshToken) choices.push({ expiresAt, refreshToken, idToken }, { expiresAt, refreshToken });
  let shortest: string | undefined;
  for (const choice of choices) {
    const sealed = await seal(pack(choice), secret, lifetimeSeconds);
    if (sealed.length <= usualSealedLength) return sealed;
    if (shortest === undefined || sealed.length < shortest.length) shortest = sealed;
  }
  if (shortest && shortest.length <= maxSealedLength) return shortest;
  throw new SessionTooLarge(`a session of ${shortest?.length} characters fits no cookie`);
}

function pack({ accessToken, expiresAt, refreshToken, idToken }: Session) {
  return {
    expiresAt,
    accessToken: packToken(accessToken),
    refreshToken: packToken(refreshToken),
    idToken: packToken(idToken),
  };
}

function packToken(token: string | undefined): string | [string, string, string] | undefined {
  const [header, payload, signature, ...more] = token?.split('.') ?? [];
  if (!token || !header || !payload || !signature || more.length > 0) return token;
  const parts: [string, string, string] = [textOf(header), textOf(payload), signature];
  // Only what comes back to the last character, which base64 of other bytes or with padding would not.
  return unpackToken(parts) === token ? parts : token;
}

function unpackToken([header, payload, signature]: readonly [string, string, string]): string {
  return `${base64Of(header)}.${base64Of(payload)}.${signature}`;
}

function textOf(base64: string): string {
  return Buffer.from(base64, 'base64url').toString('utf8');
}

function base64Of(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64url');
}
