import { z } from 'zod';
import { ApiError } from './api-error.js';
import { builder } from './builder.js';

const instant = z.union([z.iso.datetime({ offset: true }), z.iso.datetime({ offset: true, precision: -1 })]);
const day = z.iso.date().refine((text) => isStorable(new Date(text)));

/** Postgres knows no year 0, and writes years of five digits otherwise than JavaScript. */
function isStorable(date: Date): boolean {
  const year = date.getUTCFullYear();
  return year >= 1 && year <= 9999;
}

builder.scalarType('DateTime', {
  description: 'An instant, ISO 8601 with its offset; answers are in UTC with milliseconds.',
  serialize: (value) => value.toISOString(),
  parseValue: (value) => {
    const parsed = new Date(instant.safeParse(value).data ?? Number.NaN);
    if (isStorable(parsed)) return parsed;
    throw new ApiError('BAD_USER_INPUT', 'Write an instant with its offset, as 2026-03-31T12:00:00Z.');
  },
});

builder.scalarType('Date', {
  description: 'A calendar day, ISO 8601: 2021-03-31.',
  serialize: (value) => value,
  parseValue: (value) => {
    const read = day.safeParse(value);
    if (read.success) return read.data;
    throw new ApiError('BAD_USER_INPUT', 'Write a day that the calendar has, as 2021-03-31.');
  },
});
