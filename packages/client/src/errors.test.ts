import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { apiErrorCodes, errorOf, LucencyError } from './errors.js';

it('knows every code that the API explains, and no other', async () => {
  const page = await readFile(path.join(import.meta.dirname, '../../../docs/api/errors.md'), 'utf8');
  const explained = [...page.matchAll(/^\| `([A-Z_]+)` \| \d{3} \|/gm)].map(([, code]) => code);
  expect([...apiErrorCodes]).toEqual([...new Set(explained)].sort());
});

it('keeps a code that is newer than itself in the sentence', () => {
  const error = errorOf('TOO_SOON', 'Come back on Monday.');
  expect(error).toBeInstanceOf(LucencyError);
  expect(error.code).toBe('UNEXPECTED_ANSWER');
  expect(error.message).toBe('Come back on Monday. (TOO_SOON)');
});
