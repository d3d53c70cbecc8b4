import type { LeasedDelivery } from '@lucency/client';
import type { Destination } from '../delivery/index.js';

type Given = LeasedDelivery['delivery']['destination'];

/**
 * Secrets lie under the id of their site: administrators name them freely, and none of them can have another site's sent to a
 * server of their own.
 */
function secretOf({ site, secretName }: Given): string {
  const [, siteId = ''] = Buffer.from(site.id, 'base64url').toString().split(':');
  return `${siteId}.${needed(secretName)}`;
}

/** @throws Error where the API gives an address that lacks what its kind needs */
export function destinationOf(given: Given): Destination {
  if (given.kind === 'DICOM') {
    const { kind, aeTitle, callingAeTitle, host, port, tls } = given;
    return {
      kind,
      aeTitle: needed(aeTitle),
      callingAeTitle: needed(callingAeTitle),
      host: needed(host),
      port: needed(port),
      tls,
    };
  }
  return { kind: given.kind, url: needed(given.url), auth: authOf(given) };
}

type Auth = Exclude<Destination, { kind: 'DICOM' }>['auth'];

function authOf(given: Given): Auth {
  const { authentication, userName, issuer, scope, audience } = given;
  switch (authentication) {
    case 'NONE':
      return { kind: 'none' };
    case 'BASIC':
      return { kind: 'basic', user: needed(userName), secretName: secretOf(given) };
    case 'OAUTH':
      return {
        kind: 'oauth',
        issuer: needed(issuer),
        clientId: needed(userName),
        secretName: secretOf(given),
        scope: scope ?? '',
        ...(audience && { audience }),
      };
  }
}

function needed<T>(value: T | null): T {
  if (value === null) throw new Error('the address of a destination is not whole');
  return value;
}
