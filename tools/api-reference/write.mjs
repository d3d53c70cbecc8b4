// node tools/api-reference/write.mjs [--check]: writes docs/api/reference.md from the printed schema; with --check says
// whether it is as it would be written, by its exit code. `npm run schema -w @lucency/gateway` calls it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reference } from './reference.mjs';

const root = join(import.meta.dirname, '../..');
const page = join(root, 'docs/api/reference.md');
const text = reference(readFileSync(join(root, 'apps/gateway/schema.graphql'), 'utf8'));

if (!process.argv.includes('--check')) writeFileSync(page, text);
else if (readFileSync(page, 'utf8') !== text) {
  console.error(
    'docs/api/reference.md is not that of the schema: node tools/api-reference/write.mjs writes it.',
  );
  process.exit(1);
}
