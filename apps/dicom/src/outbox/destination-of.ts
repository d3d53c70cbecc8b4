import type { LeasedDelivery } from '@lucency/client';
import type { Destination } from '../delivery/index.js';

type Given = LeasedDelivery['delivery']['destination'];

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

function authOf({ authentication, secretName, userName, issuer, scope, audience }: Given): Auth {
  switch (authentication) {
    case 'NONE':
      return { kind: 'none' };
    case 'BASIC':
      return { kind: 'basic', user: needed(userName), secretName: needed(secretName) };
    case 'OAUTH':
      return {
        kind: 'oauth',
        issuer: needed(issuer),
        clientId: needed(userName),
        secretName: needed(secretName),
        scope: scope ?? '',
        ...(audience && { audience }),
      };
  }
}

function needed<T>(value: T | null): T {
  if (value === null) throw new Error('the address of a destination is not whole');
  return value;
}
