import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import { csvRows } from './csv-rows.js';
import type { SourcedFile } from './read-data-set.js';

export const manifestFileName = 'manifest.csv';

const finding = z.enum(['NORMAL', 'PNEUMONIA', 'OTHER_ABNORMAL']);
const orEmpty = <T extends z.ZodType>(of: T) =>
  z.union([z.literal('').transform(() => undefined), of]).optional();
const boxesInPixels = z
  .string()
  .transform((text) => JSON.parse(text))
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

/**
 * The images of another hospital: `DIR/manifest.csv` with the columns `file` and `patient`, and of `label`,
 * `radiologist` and `text_mined` at least one, the first of which that says something counts. Throws, naming the
 * line, where a row says nothing of the image.
 */
export async function readManifest(directory: string): Promise<SourcedFile[]> {
  const source = basename(resolve(directory));
  const rows = await csvRows(join(directory, manifestFileName));
  return rows.map((read, index) => {
    const { data: row, error } = manifestRow.safeParse(read);
    const found = row?.label ?? row?.radiologist ?? row?.text_mined;
    if (!row || !found)
      throw new Error(
        `${directory}/${manifestFileName}, line ${index + 2}: ${error ? z.prettifyError(error) : 'no label'}`,
      );
    return {
      file: row.file,
      path: join(directory, row.file),
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
    };
  });
}
