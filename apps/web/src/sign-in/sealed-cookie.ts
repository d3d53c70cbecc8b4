import { createHash } from 'node:crypto';
import { base64url, EncryptJWT, jwtDecrypt } from 'jose';
import { z } from 'zod';

// Browsers keep 4,096 bytes a cookie, its name and attributes included; providers' tokens can be longer.
const maxPieceLength = 3600;
const maxPieces = 8;

const envelope = z.object({ content: z.unknown() });

/** Encrypts `content` (AES-256-GCM, JWE) so that only this portal can read or change it. */
export async function seal(content: unknown, secret: string, lifetimeSeconds: number): Promise<string> {
  return await new EncryptJWT({ content })
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .setExpirationTime(Math.floor(Date.now() / 1000) + lifetimeSeconds)
    .encrypt(keyOf(secret));
}

/** What was sealed, or null when it is missing, altered, expired, of another secret or of another shape. */
export async function unseal<T>(
  sealed: string | undefined,
  secret: string,
  shape: z.ZodType<T>,
): Promise<T | null> {
  if (!sealed) return null;
  try {
    const { payload } = await jwtDecrypt(sealed, keyOf(secret), {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return shape.parse(envelope.parse(payload).content);
  } catch {
    return null;
  }
}

function keyOf(secret: string): Uint8Array {
  return base64url.decode(
    createHash('sha256').update(`lucency portal session\n${secret}`).digest('base64url'),
  );
}

/** The pieces to store under `name.0`, `name.1`, ... */
export function toPieces(sealed: string): string[] {
  const pieces: string[] = [];
  for (let start = 0; start < sealed.length; start += maxPieceLength) {
    pieces.push(sealed.slice(start, start + maxPieceLength));
  }
  if (pieces.length > maxPieces) throw new Error(`a session of ${sealed.length} characters fits no cookie`);
  return pieces;
}

/** Joins the pieces that `read` finds, up to the first gap. */
export function fromPieces(name: string, read: (name: string) => string | undefined): string | undefined {
  let sealed = '';
  for (let index = 0; index < maxPieces; index += 1) {
    const piece = read(pieceName(name, index));
    if (!piece) break;
    sealed += piece;
  }
  return sealed || undefined;
}

/** Names of all pieces that may exist beyond the first `count`, to be removed. */
export function leftoverPieces(name: string, count: number): string[] {
  return Array.from({ length: maxPieces - count }, (_, index) => pieceName(name, count + index));
}

export function pieceName(name: string, index: number): string {
  return `${name}.${index}`;
}
