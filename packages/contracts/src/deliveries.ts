import { z } from 'zod';

/** PS3.5, VR AE: up to 16 printable characters without a backslash; blanks around it mean nothing. */
export const aeTitle = z
  .string()
  .trim()
  .regex(/^[\x20-\x5b\x5d-\x7e]{1,16}$/, 'an AE title has 1 to 16 printable ASCII characters, no backslash');

/** Why something was not delivered to a PACS or a FHIR server, with a sentence for the administrator of the site. */
export const deliveryProblems = {
  UNREACHABLE: 'The destination cannot be reached. Check its address, the network and whether it is running.',
  TIMED_OUT: 'The destination did not answer in time.',
  TLS_FAILED: 'No secure connection came about. Check the certificates of both sides.',
  ASSOCIATION_REJECTED:
    'The destination rejected the association. Check both AE titles, and that the destination knows this one.',
  SYNTAX_NOT_ACCEPTED:
    'The destination does not accept objects of this kind. Check what its AE is configured to take.',
  OUT_OF_RESOURCES: 'The destination has no room or is too busy.',
  OBJECT_REFUSED: 'The destination refused the object. Its own log says why.',
  NOT_SIGNED_IN:
    'The destination did not accept the secret. Check its name here and its content at the sending service.',
  SECRET_MISSING: 'The sending service holds no secret of that name.',
  ANSWER_NOT_UNDERSTOOD: 'What answered speaks another protocol. Check address, port and path.',
  SOURCE_UNREADABLE: 'The original could not be read again, so no object can refer to it.',
  INTERNAL: 'Something went wrong while sending. It is tried again.',
} as const;

export type DeliveryProblem = keyof typeof deliveryProblems;

export const deliveryProblem = z.enum(
  Object.keys(deliveryProblems) as [DeliveryProblem, ...DeliveryProblem[]],
);
