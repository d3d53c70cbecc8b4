import { Temporal } from 'temporal-polyfill';
import { ApiError } from './api-error.js';
import { builder } from './builder.js';

builder.scalarType('DateTime', {
  description: 'An instant in UTC, ISO 8601 with milliseconds.',
  serialize: (value) => value.toISOString(),
  parseValue: (value) => {
    const instant = typeof value === 'string' ? readInstant(value) : null;
    if (!instant) {
      throw new ApiError('BAD_USER_INPUT', 'Write an instant with its offset, as 2026-03-31T12:00:00Z.');
    }
    return instant;
  },
});

builder.scalarType('Date', {
  description: 'A calendar day, ISO 8601: 2021-03-31.',
  serialize: (value) => value,
  parseValue: (value) => {
    if (typeof value === 'string' && isDay(value)) return value;
    throw new ApiError('BAD_USER_INPUT', 'Write a day of the calendar as 2021-03-31.');
  },
});

/** Years from 1 on: Postgres has no year 0. Temporal alone would also take days of other calendars. */
const day = /^(?!0000)\d{4}-\d{2}-\d{2}/;

function readInstant(text: string): Date | null {
  if (!day.test(text)) return null;
  try {
    return new Date(Temporal.Instant.from(text).epochMilliseconds);
  } catch {
    return null;
  }
}

function isDay(text: string): boolean {
  if (!day.test(text) || text.length > 'YYYY-MM-DD'.length) return false;
  try {
    Temporal.PlainDate.from(text);
    return true;
  } catch {
    return false;
  }
}
