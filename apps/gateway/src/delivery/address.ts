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
  /** Of BASIC; of OAUTH, the id of the client. */
  userName: string | null;
  /** Of OAUTH: the provider, and what its tokens are asked for. */
  issuer: string | null;
  scope: string | null;
  audience: string | null;
}

/** What was given; what does not belong to the kind is refused, so that nobody believes it has an effect. */
export type GivenAddress = { [Key in keyof DestinationAddress]?: DestinationAddress[Key] | null | undefined };

const hostName = /^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$|^[0-9A-Fa-f:]*:[0-9A-Fa-f:.]+$/;
const secretNames = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;
const ofDicom = ['aeTitle', 'callingAeTitle', 'host', 'port', 'tls'] as const;
const ofWeb = ['url', 'authentication', 'secretName', 'userName', 'issuer', 'scope', 'audience'] as const;

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
    ...unsigned,
  };
}

function readAeTitle(field: 'aeTitle' | 'callingAeTitle', given: string | null | undefined): string {
  const title = aeTitle.safeParse(given ?? '');
  if (title.success) return title.data;
  throw new InputError(field, 'An AE title has 1 to 16 printable ASCII characters and no backslash.');
}

function webAddress(given: GivenAddress): DestinationAddress {
  return {
    aeTitle: null,
    callingAeTitle: null,
    host: null,
    port: null,
    tls: false,
    url: readUrl('url', given.url),
    ...readAuthentication(given),
  };
}

/** Of a destination that takes whatever comes. */
export const unsigned = {
  authentication: 'NONE',
  secretName: null,
  userName: null,
  issuer: null,
  scope: null,
  audience: null,
} as const;

type SignIn = Pick<DestinationAddress, keyof typeof unsigned>;

function readAuthentication(given: GivenAddress): SignIn {
  const authentication = given.authentication ?? 'NONE';
  const [secretName, userName, issuer, scope, audience] = (
    ['secretName', 'userName', 'issuer', 'scope', 'audience'] as const
  ).map((field) => given[field]?.trim() || null);
  if (authentication === 'NONE') {
    const idle = signInFields.find((field) => given[field]?.trim());
    if (idle) throw new InputError(idle, 'Without authentication there is none of this.');
    return unsigned;
  }
  if (!secretName || !secretNames.test(secretName))
    throw new InputError('secretName', 'Name the secret: letters, digits, dots, dashes and underscores.');
  if (!userName || !printable.test(userName) || (authentication === 'BASIC' && userName.includes(':')))
    throw new InputError('userName', 'Give the user, or the id of the client, that the secret belongs to.');
  if (authentication === 'BASIC') {
    const foreign = oauthFields.find((field) => given[field]?.trim());
    if (foreign) throw new InputError(foreign, 'Basic authentication has none of this.');
    return { ...unsigned, authentication, secretName, userName };
  }
  const told = oauthFields.find((field) => !printable.test(given[field]?.trim() || 'none'));
  if (told) throw new InputError(told, 'Write at most 500 printable characters.');
  return {
    authentication,
    secretName,
    userName,
    issuer: readUrl('issuer', issuer),
    scope: scope ?? null,
    audience: audience ?? null,
  };
}

const oauthFields = ['issuer', 'scope', 'audience'] as const;
const signInFields = ['secretName', 'userName', ...oauthFields] as const;
const printable = /^[\x20-\x7e]{1,500}$/;

function readUrl(field: 'url' | 'issuer', given: string | null | undefined): string {
  const url = URL.parse(given?.trim() ?? '');
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.search || url.hash)
    throw new InputError(field, 'Give the base address, as in https://pacs.example.org/dicom-web.');
  // It would stand in the database, in logs and in the portal.
  if (url.username || url.password)
    throw new InputError(field, 'Leave the password out, and name a secret of the sending service.');
  return url.href.replace(/\/+$/, '');
}
