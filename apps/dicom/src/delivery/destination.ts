import { aeTitle } from '@lucency/contracts';
import { z } from 'zod';

const secretName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/, 'a secret is named like a file');

/** Credentials stand in files, never in the address. */
const address = z
  .url({ protocol: /^https?$/ })
  .refine((url) => !new URL(url).username && !new URL(url).password, 'no credentials in the address');

const authentication = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  /** RFC 7617; the secret is the password. */
  z.strictObject({ kind: z.literal('basic'), user: z.string().regex(/^[^:\p{Cc}]+$/u), secretName }),
  /** Client credentials (RFC 6749, 4.4) at a provider that OpenID Connect Discovery finds. */
  z.strictObject({
    kind: z.literal('oauth'),
    issuer: address,
    clientId: z.string().min(1),
    secretName,
    scope: z.string().default(''),
    audience: z.string().min(1).optional(),
  }),
]);

/** Where the results of a site go. */
export const destination = z.discriminatedUnion('kind', [
  /** C-STORE. */
  z.strictObject({
    kind: z.literal('DICOM'),
    aeTitle,
    callingAeTitle: aeTitle,
    host: z.string().regex(/^[A-Za-z0-9._:-]{1,253}$/, 'a host is a name or an address'),
    port: z.int().min(1).max(65_535),
    tls: z.boolean(),
  }),
  /** STOW-RS; the URL is that of the service, without /studies. */
  z.strictObject({ kind: z.literal('DICOMWEB'), url: address, auth: authentication }),
  /** FHIR R4; the URL is the base of the service. */
  z.strictObject({ kind: z.literal('FHIR'), url: address, auth: authentication }),
]);

export type Destination = z.infer<typeof destination>;
export type DestinationOf<Kind extends Destination['kind']> = Extract<Destination, { kind: Kind }>;
export type Authentication = z.infer<typeof authentication>;
