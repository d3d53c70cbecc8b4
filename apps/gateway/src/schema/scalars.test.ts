import type { GraphQLScalarType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema } from './index.js';

const parse = (scalar: string, value: unknown) =>
  (schema.getType(scalar) as GraphQLScalarType).parseValue(value);

describe('Date', () => {
  it.each(['2021-03-31', '2024-02-29', '0001-01-01'])('takes %s', (day) => {
    expect(parse('Date', day)).toBe(day);
  });

  it.each([
    '2021-02-30',
    '2021-02-31',
    '2023-02-29',
    '2021-04-31',
    '2021-13-01',
    '2021-00-10',
    '0000-01-01',
    '2021-03-31T00:00:00Z',
    '2021-03-31[u-ca=hebrew]',
    '20210331',
    '+002021-03-31',
    20210331,
    null,
  ])('refuses %j', (day) => {
    expect(() => parse('Date', day)).toThrow(
      expect.objectContaining({ extensions: expect.objectContaining({ code: 'BAD_USER_INPUT' }) }),
    );
  });
});

describe('DateTime', () => {
  it('takes an instant with any offset', () => {
    expect(parse('DateTime', '2026-03-31T12:00:00+02:00')).toEqual(new Date('2026-03-31T10:00:00Z'));
  });

  it.each(['2026-02-30T00:00:00Z', '2026-03-31T12:00:00', '0000-01-01T00:00:00Z', '2026-03-31', 'now', 5])(
    'refuses %j',
    (instant) => {
      expect(() => parse('DateTime', instant)).toThrow(
        expect.objectContaining({ extensions: expect.objectContaining({ code: 'BAD_USER_INPUT' }) }),
      );
    },
  );
});
