import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import { base64url, CompactEncrypt, compactDecrypt } from 'jose';
import { z } from 'zod';

// Browsers keep 4,096 bytes a cookie, its name and attributes included; providers' tokens can be longer.
const maxPieceLength = 3600;
const maxPieces = 8;
/** More than any session that was sealed: a cookie that inflates further is not ours. */
const maxContentBytes = 256 * 1024;
/** Says in the header that the content was deflated; versions before did not, and are read as they are. */
const deflated = 'deflate';

const envelope = z.object({ content: z.unknown(), exp: z.number() });
const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** Deflates `content` and encrypts it (AES-256-GCM, JWE) so that only this portal can read or change it. */
export async function seal(content: unknown, secret: string, lifetimeSeconds: number): Promise<string> {
  const exp = Math.floor(Date.now() / 1000) + lifetimeSeconds;
  return await new CompactEncrypt(await deflate(JSON.stringify({ content, exp })))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', cty: deflated })
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
    const { plaintext, protectedHeader } = await compactDecrypt(sealed, keyOf(secret), {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    const bytes =
      protectedHeader.cty === deflated
        ? await inflate(plaintext, { maxOutputLength: maxContentBytes })
        : plaintext;
    const { content, exp } = envelope.parse(JSON.parse(new TextDecoder().decode(bytes)));
    return exp > Date.now() / 1000 ? shape.parse(content) : null;
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
