import { ApiError } from './api-error.js';
import { builder } from './builder.js';

builder.scalarType('DateTime', {
  description: 'An instant in UTC, ISO 8601 with milliseconds.',
  serialize: (value) => value.toISOString(),
  parseValue: (value) => {
    const instant = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(value) ? new Date(value) : null;
    if (!instant || Number.isNaN(instant.getTime())) {
      throw new ApiError('BAD_USER_INPUT', 'Write an instant as 2026-03-31T12:00:00Z.');
    }
    return instant;
  },
});

builder.scalarType('Date', {
  description: 'A calendar day, ISO 8601: 2021-03-31.',
  serialize: (value) => value,
  parseValue: (value) => {
    if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))) {
      return value;
    }
    throw new ApiError('BAD_USER_INPUT', 'Write a day as 2021-03-31.');
  },
});
