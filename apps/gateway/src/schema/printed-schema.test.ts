import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { printedSchema } from './printed-schema.js';

it('is the committed schema; after a wanted change run `npm run schema -w @lucency/gateway`', async () => {
  const committed = await readFile(path.join(import.meta.dirname, '../../schema.graphql'), 'utf8');
  expect(printedSchema()).toBe(committed);
});
