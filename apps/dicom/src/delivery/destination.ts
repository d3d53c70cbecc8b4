/** How one signs in at a web service. Credentials stand in files, named by `secretName`, never in an address. */
export type Authentication =
  | { kind: 'none' }
  /** RFC 7617; the secret is the password. */
  | { kind: 'basic'; user: string; secretName: string }
  /** Client credentials (RFC 6749, 4.4) at a provider that OpenID Connect Discovery finds. */
  | {
      kind: 'oauth';
      issuer: string;
      clientId: string;
      secretName: string;
      scope: string;
      audience?: string | undefined;
    };

/** Where the results of a site go. The gateway has checked what people wrote. */
export type Destination =
  /** C-STORE. */
  | { kind: 'DICOM'; aeTitle: string; callingAeTitle: string; host: string; port: number; tls: boolean }
  /** STOW-RS; the URL is that of the service, without /studies. */
  | { kind: 'DICOMWEB'; url: string; auth: Authentication }
  /** FHIR R4; the URL is the base of the service. */
  | { kind: 'FHIR'; url: string; auth: Authentication };

export type DestinationOf<Kind extends Destination['kind']> = Extract<Destination, { kind: Kind }>;
