import { apiErrorCodes, clientErrorCodes, LucencyError } from '@lucency/client';
import { expect, it } from 'vitest';
import { statusOf } from '../association/statuses.js';
import { outcomeOfError } from './outcome-of-error.js';

const permanent = ['CONFLICT', 'INVALID_INPUT', 'BAD_USER_INPUT', 'UNKNOWN_PICTURE'];

it.each([...apiErrorCodes, ...clientErrorCodes])(
  '%s loses nothing: refused only what no repetition mends',
  (code) => {
    const { code: status } = statusOf(outcomeOfError(new LucencyError(code, 'No.')));
    expect(status === 'A700').toBe(!permanent.includes(code));
  },
);

it.each([
  ['BUSY', {}, 'BUSY'],
  ['QUOTA', {}, 'QUOTA'],
  ['UNAUTHENTICATED', {}, 'NOT_CONFIGURED'],
  ['NOT_FOUND', {}, 'NOT_CONFIGURED'],
  ['CONFLICT', {}, 'DUPLICATE_UID'],
  ['INVALID_INPUT', { field: 'bytes' }, 'TOO_LARGE'],
  ['INVALID_INPUT', { field: 'images' }, 'STUDY_FULL'],
  ['INVALID_INPUT', { field: 'patientReference' }, 'REFUSED'],
] as const)('%s %j is %s', (code, details, reason) => {
  expect(outcomeOfError(new LucencyError(code, 'No.', details))).toMatchObject({ reason });
});

it('puts off whatever else goes wrong', () => {
  expect(outcomeOfError(new TypeError('x'))).toEqual({ outcome: 'later', reason: 'GATEWAY_AWAY' });
});
