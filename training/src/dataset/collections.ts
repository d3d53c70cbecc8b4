import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { csvRows } from '@lucency/evaluation';

/** Pictures of one kind: chests of one source, or something else. */
export interface Collection {
  readonly name: string;
  readonly chests: boolean;
  readonly pictures: readonly { readonly path: string; readonly patient: string }[];
}

/** Every folder of `directory` as a kind of pictures that must be refused; each picture counts as a patient. */
export async function readNotChests(directory: string): Promise<Collection[]> {
  const kinds = await readdir(directory, { withFileTypes: true });
  return Promise.all(
    kinds
      .filter((kind) => kind.isDirectory())
      .map(async ({ name }) => ({
        name: name.replaceAll('_', ' '),
        chests: false,
        pictures: (await readdir(join(directory, name)))
          .filter((file) => /\.(jpe?g|png)$/i.test(file))
          .sort()
          .map((file) => ({ path: join(directory, name, file), patient: `${name}/${file}` })),
      })),
  );
}

/** Chests listed in `DIR/manifest.csv` with the columns `file` and `patient`. */
export async function readChests(directory: string, name: string): Promise<Collection> {
  const rows = await csvRows(join(directory, 'manifest.csv'));
  return {
    name,
    chests: true,
    pictures: rows.map(({ file, patient }) => ({
      path: join(directory, file ?? ''),
      patient: `${name}/${patient}`,
    })),
  };
}
