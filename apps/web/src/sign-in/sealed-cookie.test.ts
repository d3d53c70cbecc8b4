import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fromPieces, leftoverPieces, pieceName, seal, toPieces, unseal } from './sealed-cookie';

const secret = 'a secret of more than thirty-two characters';
const shape = z.object({ accessToken: z.string() });
const session = { accessToken: 'token-of-someone' };

describe('the session cookie', () => {
  it('gives back what was sealed and shows nothing of it', async () => {
    const sealed = await seal(session, secret, 60);
    expect(sealed).not.toContain('someone');
    expect(Buffer.from(sealed, 'base64url').toString()).not.toContain('someone');
    expect(await unseal(sealed, secret, shape)).toEqual(session);
  });

  it('is worth nothing with another secret, altered, expired or of another shape', async () => {
    const sealed = await seal(session, secret, 60);
    const altered = `${sealed.slice(0, -6)}${sealed.at(-6) === 'A' ? 'B' : 'A'}${sealed.slice(-5)}`;
    expect(await unseal(sealed, `${secret}!`, shape)).toBeNull();
    expect(await unseal(altered, secret, shape)).toBeNull();
    expect(await unseal(await seal(session, secret, -60), secret, shape)).toBeNull();
    expect(await unseal(await seal({ other: 1 }, secret, 60), secret, shape)).toBeNull();
    expect(await unseal('', secret, shape)).toBeNull();
  });

  it('fits tokens of any length into cookies that browsers keep', async () => {
    const long = { accessToken: randomBytes(4500).toString('hex') };
    const pieces = toPieces(await seal(long, secret, 60));
    expect(pieces.length).toBeGreaterThan(1);
    for (const piece of pieces) expect(piece.length).toBeLessThan(3900);

    const jar = new Map(pieces.map((piece, index) => [pieceName('s', index), piece]));
    const joined = fromPieces('s', (name) => jar.get(name));
    expect(await unseal(joined, secret, shape)).toEqual(long);
  });

  it('names the pieces of a longer session before, so that they are removed', () => {
    expect(leftoverPieces('s', 2)).toContain('s.2');
    expect(leftoverPieces('s', 2)).not.toContain('s.1');
  });
});
