import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { printedSchema } from './schema/printed-schema.js';

await writeFile(path.join(import.meta.dirname, '../schema.graphql'), printedSchema());
