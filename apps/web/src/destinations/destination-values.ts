import type { DestinationAuthentication, DestinationKind, DestinationLineFragment } from '../gql/graphql';

/** What the form holds, as it is typed. */
export interface DestinationValues {
  name: string;
  kind: DestinationKind;
  aeTitle: string;
  callingAeTitle: string;
  host: string;
  port: string;
  tls: boolean;
  url: string;
  authentication: DestinationAuthentication;
  userName: string;
  secretName: string;
  issuer: string;
  scope: string;
  audience: string;
}

export type DestinationField = keyof DestinationValues;

/** What is wrong with one field, or with the whole where the field is none of the form's. */
export interface Fault {
  field: DestinationField | null;
  message: string;
}

export const kindChoices: Readonly<Record<DestinationKind, string>> = {
  DICOM: 'DICOM (C-STORE)',
  DICOMWEB: 'DICOMweb (STOW-RS)',
  FHIR: 'FHIR server (R4)',
};

export const authenticationChoices: Readonly<Record<DestinationAuthentication, string>> = {
  NONE: 'None',
  BASIC: 'User and password',
  OAUTH: 'OAuth client credentials',
};

const blank: DestinationValues = {
  name: '',
  kind: 'DICOM',
  aeTitle: '',
  callingAeTitle: 'LUCENCY',
  host: '',
  port: '104',
  tls: false,
  url: '',
  authentication: 'NONE',
  userName: '',
  secretName: '',
  issuer: '',
  scope: '',
  audience: '',
};

/** The values of a destination, or those that a new one begins with. */
export function valuesOf(destination?: DestinationLineFragment): DestinationValues {
  if (!destination) return blank;
  const { port, ...known } = destination;
  return {
    name: known.name,
    kind: known.kind,
    aeTitle: known.aeTitle ?? '',
    callingAeTitle: known.callingAeTitle ?? blank.callingAeTitle,
    host: known.host ?? '',
    port: port === null ? blank.port : String(port),
    tls: known.tls,
    url: known.url ?? '',
    authentication: known.authentication,
    userName: known.userName ?? '',
    secretName: known.secretName ?? '',
    issuer: known.issuer ?? '',
    scope: known.scope ?? '',
    audience: known.audience ?? '',
  };
}

/** What the API cannot say, since it takes whole numbers alone. */
export function faultOf({ name, kind, port }: DestinationValues): Fault | null {
  if (!name.trim()) return { field: 'name', message: 'Give the destination a name.' };
  if (kind === 'DICOM' && !/^\d{1,5}$/.test(port.trim()))
    return { field: 'port', message: 'A port is a number from 1 to 65535.' };
  return null;
}

/** What of the values belongs to the kind and its way to sign in; the API refuses the rest. */
export function addressOf(values: DestinationValues) {
  const { aeTitle, callingAeTitle, host, tls, url, authentication } = values;
  if (values.kind === 'DICOM') return { aeTitle, callingAeTitle, host, port: Number(values.port), tls };
  const { userName, secretName, issuer, scope, audience } = values;
  switch (authentication) {
    case 'NONE':
      return { url, authentication };
    case 'BASIC':
      return { url, authentication, userName, secretName };
    case 'OAUTH':
      return { url, authentication, userName, secretName, issuer, scope, audience };
  }
}

/** The refusal of the API at the field that it names. */
export function faultFrom(refusal: { message: string; field?: string }): Fault {
  const field = (Object.keys(blank) as DestinationField[]).find((known) => known === refusal.field);
  return { field: field ?? null, message: refusal.message };
}

/** Where a destination is, in one line. */
export function addressInWords(destination: DestinationLineFragment): string {
  const { kind, aeTitle, callingAeTitle, host, port, tls, url, authentication } = destination;
  if (kind !== 'DICOM') {
    const signIn = { NONE: 'no sign-in', BASIC: 'user and password', OAUTH: 'OAuth' }[authentication];
    return `${url}, ${signIn}`;
  }
  return `${aeTitle} at ${host}:${port}, called as ${callingAeTitle}${tls ? ', TLS' : ''}`;
}
