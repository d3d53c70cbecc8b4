import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';

/** Rows of a CSV file by the names in its first line (RFC 4180). Throws where a row is shorter or longer than that. */
export async function csvRows(file: string): Promise<Record<string, string>[]> {
  return parse(await readFile(file, 'utf8'), {
    columns: true,
    bom: true,
    skip_empty_lines: true,
    trim: true,
  });
}
