import { aeTitle } from '@lucency/contracts';
import type { DestinationAuthentication, DestinationKind } from '../generated/prisma/enums.js';
import { InputError } from '../submission/errors.js';

/** Where a destination is, and how one signs in there. */
export interface DestinationAddress {
  aeTitle: string | null;
  callingAeTitle: string | null;
  host: string | null;
  port: number | null;
  tls: boolean;
  url: string | null;
  authentication: DestinationAuthentication;
  secretName: string | null;
}

/** What was given; what does not belong to the kind is refused, so that nobody believes it has an effect. */
export type GivenAddress = { [Key in keyof DestinationAddress]?: DestinationAddress[Key] | null | undefined };

const hostName = /^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$|^[0-9A-Fa-f:]*:[0-9A-Fa-f:.]+$/;
const secretNames = /^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/;
const ofDicom = ['aeTitle', 'callingAeTitle', 'host', 'port', 'tls'] as const;
const ofWeb = ['url', 'authentication', 'secretName'] as const;

/** @throws InputError naming the field */
export function readAddress(kind: DestinationKind, given: GivenAddress): DestinationAddress {
  const foreign = (kind === 'DICOM' ? ofWeb : ofDicom).find((field) => given[field]);
  if (foreign && !(foreign === 'authentication' && given[foreign] === 'NONE'))
    throw new InputError(foreign, `A destination of the kind ${kind} has none of this.`);
  return kind === 'DICOM' ? dicomAddress(given) : webAddress(given);
}

function dicomAddress(given: GivenAddress): DestinationAddress {
  const host = given.host?.trim() ?? '';
  if (!hostName.test(host)) throw new InputError('host', 'Give the name or the IP address of the PACS.');
  const port = given.port ?? 104;
  if (port < 1 || port > 65_535) throw new InputError('port', 'A port is a number from 1 to 65535.');
  return {
    aeTitle: readAeTitle('aeTitle', given.aeTitle),
    callingAeTitle: readAeTitle('callingAeTitle', given.callingAeTitle ?? 'LUCENCY'),
    host,
    port,
    tls: given.tls ?? false,
    url: null,
    authentication: 'NONE',
    secretName: null,
  };
}

function readAeTitle(field: 'aeTitle' | 'callingAeTitle', given: string | null | undefined): string {
  const title = aeTitle.safeParse(given ?? '');
  if (title.success) return title.data;
  throw new InputError(field, 'An AE title has 1 to 16 printable ASCII characters and no backslash.');
}

function webAddress(given: GivenAddress): DestinationAddress {
  const url = URL.parse(given.url?.trim() ?? '');
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.search || url.hash)
    throw new InputError('url', 'Give the base address, as in https://pacs.example.org/dicom-web.');
  // It would stand in the database, in logs and in the portal.
  if (url.username || url.password)
    throw new InputError('url', 'Leave the password out, and name a secret of the sending service.');
  const authentication = given.authentication ?? 'NONE';
  const secretName = given.secretName?.trim() || null;
  if (authentication === 'NONE' && secretName)
    throw new InputError('secretName', 'Without authentication there is no secret.');
  if (authentication !== 'NONE' && !secretNames.test(secretName ?? ''))
    throw new InputError('secretName', 'Name the secret: lower-case letters, digits, dots and dashes.');
  return {
    aeTitle: null,
    callingAeTitle: null,
    host: null,
    port: null,
    tls: false,
    url: url.href.replace(/\/+$/, ''),
    authentication,
    secretName,
  };
}
