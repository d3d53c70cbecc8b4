import { z } from 'zod';

/** PS3.5, VR AE: up to 16 printable characters without a backslash; blanks around it mean nothing. */
export const aeTitle = z
  .string()
  .trim()
  .regex(/^[\x20-\x5b\x5d-\x7e]{1,16}$/, 'an AE title has 1 to 16 printable ASCII characters, no backslash');

/**
 * Why something was not delivered, one closed list: whether sending it again can help, and what to tell the person who looks
 * after the destination. None of them carries anything of a patient.
 */
export const deliveryFailures = {
  UNREACHABLE: {
    kind: 'again',
    sentence: 'The destination cannot be reached. Check that it runs, its address and the network between.',
  },
  TIMED_OUT: { kind: 'again', sentence: 'The destination did not answer in time.' },
  BUSY: { kind: 'again', sentence: 'The destination is busy or full and asks to come back later.' },
  FAILED: { kind: 'again', sentence: 'The destination broke off, or answered with an error of its own.' },
  NOT_UNDERSTOOD: {
    kind: 'again',
    sentence: 'What answers there does not speak the protocol. Check address, port and TLS.',
  },
  ASSOCIATION_REJECTED: {
    kind: 'again',
    sentence: 'The destination rejects the association. Check both AE titles, there and here.',
  },
  CERTIFICATE_REFUSED: {
    kind: 'again',
    sentence: 'The certificates of the two sides do not suit each other. Check authority and host name.',
  },
  NOT_AUTHORIZED: {
    kind: 'again',
    sentence: 'The destination refuses the credentials. Check user, secret and rights there.',
  },
  SECRET_MISSING: { kind: 'again', sentence: 'The secret of this destination is not among those mounted.' },
  SIGN_IN_UNAVAILABLE: {
    kind: 'again',
    sentence: 'The sign-in provider of this destination cannot be reached, or gives no token.',
  },
  SOURCE_AWAY: {
    kind: 'again',
    sentence: 'The original or its heatmap cannot be fetched from the platform at the moment.',
  },
  NO_PICTURE: {
    kind: 'again',
    sentence: 'The report is there. The picture of its heatmap could not be drawn.',
  },
  INTERNAL: { kind: 'again', sentence: 'Making or sending it failed on our side. It is tried again.' },
  CLASS_NOT_SUPPORTED: {
    kind: 'hopeless',
    sentence:
      'The destination does not take this kind of object. Have it take Comprehensive 3D SR and Secondary Capture.',
  },
  OBJECT_REFUSED: {
    kind: 'hopeless',
    sentence: 'The destination refuses the object. Its log says why; then send it again by hand.',
  },
  SOURCE_NOT_DICOM: {
    kind: 'hopeless',
    sentence:
      'The image did not come as DICOM, so that no report can refer to it. Send to a FHIR server instead.',
  },
} as const satisfies Record<string, { kind: 'again' | 'hopeless'; sentence: string }>;

export type DeliveryFailure = keyof typeof deliveryFailures;

export const deliveryFailure = z.enum(
  Object.keys(deliveryFailures) as [DeliveryFailure, ...DeliveryFailure[]],
);
