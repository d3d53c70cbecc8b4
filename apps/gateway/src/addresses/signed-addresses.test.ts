import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { SignedAddresses } from './signed-addresses.js';

const addresses = new SignedAddresses('http://localhost:4000/', randomBytes(32));
const grant = {
  use: 'image',
  id: randomUUID(),
  organizationId: randomUUID(),
  siteId: randomUUID(),
  personId: randomUUID(),
} as const;
const tokenOf = ({ url }: { url: string }) => url.slice(url.lastIndexOf('/') + 1);

describe('SignedAddresses', () => {
  it('carries its own permission', async () => {
    const address = await addresses.forViewing(grant);
    expect(address.url).toMatch(/^http:\/\/localhost:4000\/images\//);
    expect(await addresses.readView(tokenOf(address))).toMatchObject(grant);
  });

  it('refuses an address that was changed, made elsewhere, or meant for something else', async () => {
    const token = tokenOf(await addresses.forViewing(grant));
    const [head, , signature] = token.split('.');
    const body = Buffer.from(JSON.stringify({ ...grant, exp: 4e9 })).toString('base64url');
    expect(await addresses.readView(`${head}.${body}.${signature}`)).toBeNull();
    expect(await new SignedAddresses('http://x', randomBytes(32)).readView(token)).toBeNull();
    expect(await addresses.readUpload(token)).toBeNull();
  });

  it('expires within six minutes', async () => {
    const token = tokenOf(await addresses.forViewing(grant));
    vi.useFakeTimers({ now: Date.now() + 6 * 60_000 + 1_000 });
    expect(await addresses.readView(token)).toBeNull();
    vi.useRealTimers();
  });
});
