import { basename, dirname, extname, join, resolve } from 'node:path';
import { z } from 'zod';
import { ageBandOf } from './age-bands.js';
import { csvRows } from './csv-rows.js';
import type { SourcedFile } from './read-data-set.js';

export const manifestFileName = 'manifest.csv';

const finding = z.enum(['NORMAL', 'PNEUMONIA', 'OTHER_ABNORMAL']);
const orEmpty = <T extends z.ZodType>(of: T) =>
  z.preprocess((text) => (text === '' ? undefined : text), of.optional());
const boxesInPixels = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue('boxes are a JSON list of [left, top, width, height]');
      return z.NEVER;
    }
  })
  .pipe(z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])));

const manifestRow = z.object({
  file: z.string().min(1),
  patient: z.string().min(1),
  label: orEmpty(finding),
  radiologist: orEmpty(finding),
  text_mined: orEmpty(finding),
  /** Left, top, width and height of opacities in a picture of 1024 x 1024. */
  boxes_xywh_of_1024: orEmpty(boxesInPixels),
});

const labelColumns = ['label', 'radiologist', 'text_mined'] as const;

/**
 * The images of another hospital: a CSV file, or `DIR/manifest.csv`, with the columns `file` (below the manifest's
 * folder) and `patient`, and of `label`, `radiologist` and `text_mined` at least one, the first of which that says
 * something counts. Every other column is a group. Throws, in one line, where a column is missing or a row says nothing
 * of its image.
 */
export async function readManifest(path: string): Promise<SourcedFile[]> {
  const manifest = extname(path).toLowerCase() === '.csv' ? path : join(path, manifestFileName);
  const source = basename(resolve(dirname(manifest)));
  const rows = await csvRows(manifest).catch((error: Error) => {
    throw new Error(`${manifest} cannot be read as CSV: ${error.message}`);
  });
  const [first] = rows;
  if (!first) throw new Error(`${manifest} names no image.`);
  refuseMissingColumns(manifest, Object.keys(first));
  return rows.map((read, index) => {
    const where = `${manifest}, line ${index + 2}`;
    const { data: row, error } = manifestRow.safeParse(read);
    if (!row) throw new Error(`${where}: ${error.issues.map(inWords).join('; ')}`);
    const found = row.label ?? row.radiologist ?? row.text_mined;
    if (!found) throw new Error(`${where}: no label`);
    return {
      file: row.file,
      path: resolve(dirname(manifest), row.file),
      label: found === 'PNEUMONIA' ? 'PNEUMONIA' : 'NORMAL',
      patient: `${source}/${row.patient}`,
      source,
      otherAbnormal: found === 'OTHER_ABNORMAL',
      textMined: row.label === undefined && row.radiologist === undefined,
      boxes: (row.boxes_xywh_of_1024 ?? []).map(([left, top, width, height]) => ({
        left: left / 1024,
        top: top / 1024,
        right: (left + width) / 1024,
        bottom: (top + height) / 1024,
      })),
      groups: groupsOf(read),
    };
  });
}

function refuseMissingColumns(manifest: string, columns: readonly string[]): void {
  for (const needed of ['file', 'patient'])
    if (!columns.includes(needed))
      throw new Error(`${manifest} has no column "${needed}"; its columns are ${columns.join(', ')}.`);
  if (!labelColumns.some((column) => columns.includes(column)))
    throw new Error(
      `${manifest} has no column "label" (NORMAL, PNEUMONIA or OTHER_ABNORMAL), nor "radiologist" or "text_mined"; ` +
        `its columns are ${columns.join(', ')}.`,
    );
}

/** The columns that say nothing of the label, and the age band where there is an age in years. */
function groupsOf(read: Readonly<Record<string, string>>): Record<string, string> {
  const own = new Set<string>(Object.keys(manifestRow.shape));
  const groups = Object.fromEntries(Object.entries(read).filter(([column]) => !own.has(column)));
  return 'age' in groups && !('age_band' in groups)
    ? { ...groups, age_band: ageBandOf(groups.age ?? '') }
    : groups;
}

function inWords({
  path,
  message,
}: {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}): string {
  return `${path.join('.')}: ${message}`;
}
