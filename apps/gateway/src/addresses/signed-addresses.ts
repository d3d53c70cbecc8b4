import { imageMediaTypes } from '@lucency/contracts';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';

const uploadGrant = z.object({
  use: z.literal('upload'),
  uploadId: z.guid(),
  organizationId: z.guid(),
  siteId: z.guid(),
  personId: z.guid(),
  bytes: z.int().positive(),
  mediaType: z.enum(imageMediaTypes),
  sha256: z.string(),
});
const viewGrant = z.object({
  use: z.enum(['image', 'heatmap', 'original']),
  id: z.guid(),
  organizationId: z.guid(),
  siteId: z.guid(),
  /** To whom the address was given: what it shows, they have seen. */
  personId: z.guid(),
});

/** What the bearer of an upload address may store, and nothing else. */
export type UploadGrant = z.infer<typeof uploadGrant>;
/** Which image, as a copy or as it came, or which heatmap the bearer of an address may see. */
export type ViewGrant = z.infer<typeof viewGrant>;

export interface SignedAddress {
  url: string;
  expiresAt: Date;
}

const uploadLifetimeSeconds = 15 * 60;
const viewLifetimeSeconds = 5 * 60;

/** Makes and reads addresses that carry their own permission: signed with HMAC-SHA-256 and short-lived. */
export class SignedAddresses {
  readonly #publicUrl: string;
  readonly #key: Uint8Array;

  /** `key` needs at least 32 bytes and must be the same in every gateway. */
  constructor(publicUrl: string, key: Uint8Array) {
    this.#publicUrl = publicUrl.replace(/\/$/, '');
    this.#key = key;
  }

  forUpload(grant: Omit<UploadGrant, 'use'>): Promise<SignedAddress> {
    return this.#sign('/uploads/', { ...grant, use: 'upload' }, uploadLifetimeSeconds);
  }

  forViewing(grant: ViewGrant): Promise<SignedAddress> {
    return this.#sign('/images/', grant, viewLifetimeSeconds);
  }

  /** @returns null for an address that was not made here, was changed, or has expired. */
  async readUpload(token: string): Promise<UploadGrant | null> {
    return this.#read(token, uploadGrant);
  }

  /** @returns null for an address that was not made here, was changed, or has expired. */
  async readView(token: string): Promise<(ViewGrant & { expiresAt: number }) | null> {
    return this.#read(token, viewGrant);
  }

  async #sign(path: string, grant: UploadGrant | ViewGrant, lifetimeSeconds: number): Promise<SignedAddress> {
    // Whole minutes keep the address of an image the same for a while, so that browsers can cache it.
    const expires = Math.ceil(Date.now() / 60_000) * 60 + lifetimeSeconds;
    const token = await new SignJWT(grant)
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime(expires)
      .sign(this.#key);
    return { url: `${this.#publicUrl}${path}${token}`, expiresAt: new Date(expires * 1000) };
  }

  async #read<T>(token: string, schema: z.ZodType<T>): Promise<(T & { expiresAt: number }) | null> {
    try {
      const { payload } = await jwtVerify(token, this.#key, { algorithms: ['HS256'] });
      const grant = schema.safeParse(payload);
      return grant.success ? { ...grant.data, expiresAt: (payload.exp ?? 0) * 1000 } : null;
    } catch {
      return null;
    }
  }
}
