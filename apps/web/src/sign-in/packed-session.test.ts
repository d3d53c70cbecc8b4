import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { EncryptJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { type Session, SessionTooLarge, sealSession, session } from './packed-session';
import { unseal } from './sealed-cookie';

const secret = 'a secret of more than thirty-two characters';
const expiresAt = 2_000_000_000;
const base64 = (content: object) => Buffer.from(JSON.stringify(content)).toString('base64url');
const roles = (count: number) => Array.from({ length: count }, () => randomUUID());
const jwt = (claims: object) =>
  `${base64({ alg: 'RS256', kid: 'k1' })}.${base64(claims)}.${randomBytes(256).toString('base64url')}`;

async function kept(value: Session) {
  const sealed = await sealSession(value, secret, 60);
  return { length: sealed.length, back: await unseal(sealed, secret, session) };
}

describe('a sealed session', () => {
  it('comes back to the last character, whatever the tokens are', async () => {
    const value = {
      accessToken: jwt({ sub: 'someone', groups: roles(3) }),
      refreshToken: 'opaque.but=not.a+token',
      idToken: `${base64({ alg: 'ES256' })}.${base64({ name: 'Ångström, 张' })}.${randomBytes(64).toString('base64url')}`,
      expiresAt,
    };
    expect((await kept(value)).back).toEqual(value);
    // Bytes that are no text, and base64 with padding.
    const odd = {
      accessToken: `${randomBytes(20).toString('base64')}.YQ==.YQ`,
      refreshToken: 'r',
      expiresAt,
    };
    expect((await kept(odd)).back).toEqual(odd);
  });

  it('fits what proxies take by default, and leaves out what the refresh token brings again', async () => {
    const shared = { groups: roles(60) };
    const value = {
      accessToken: jwt({ sub: 'someone', ...shared }),
      idToken: jwt({ name: 'Someone', ...shared }),
      refreshToken: randomUUID(),
      expiresAt,
    };
    const { length, back } = await kept(value);
    expect(length).toBeLessThan(3_000);
    expect(back?.refreshToken).toBe(value.refreshToken);
    const small = { ...value, accessToken: jwt({ sub: 'someone' }), idToken: jwt({ name: 'Someone' }) };
    expect((await kept(small)).back).toEqual(small);
  });

  it('keeps a longer access token that cannot be had again, and refuses what no server takes', async () => {
    const long = { accessToken: jwt({ groups: roles(100) }), expiresAt };
    const { length, back } = await kept(long);
    expect(length).toBeGreaterThan(3_000);
    expect(back).toEqual(long);
    const tooLong = { accessToken: randomBytes(9_000).toString('base64url'), expiresAt };
    await expect(sealSession(tooLong, secret, 60)).rejects.toThrow(SessionTooLarge);
  });

  it('of a version before is still understood', async () => {
    const content = { accessToken: 'a.b.c', expiresAt, refreshToken: 'r', idToken: 'i.d.t' };
    const key = createHash('sha256').update(`lucency portal session\n${secret}`).digest();
    const sealed = await new EncryptJWT({ content })
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .setExpirationTime('1h')
      .encrypt(key);
    expect(await unseal(sealed, secret, session)).toEqual(content);
  });
});
