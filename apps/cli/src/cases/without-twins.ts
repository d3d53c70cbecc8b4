import { readFile } from 'node:fs/promises';
import { groupBy, imageKey, type SourcedFile } from '@lucency/evaluation';
import { InputError } from '../usage.js';

export interface Single {
  readonly files: readonly SourcedFile[];
  /** What was left out, in a line for each. */
  readonly notes: readonly string[];
}

/**
 * Each picture once: a copy tells nothing new, and would be counted as another case. Of copies the one whose label
 * people gave is kept, else the first.
 * @throws InputError where one picture is labelled as pneumonia and as none.
 */
export async function withoutTwins(files: readonly SourcedFile[]): Promise<Single> {
  const images = await Promise.all(files.map(({ path }) => readFile(path).then(imageKey, () => path)));
  const places = groupBy(files.keys(), (at) => images[at]);
  const left = new Map<SourcedFile, SourcedFile>();
  for (const twins of [...places.values()].map((of) => of.flatMap((at) => files[at] ?? []))) {
    const kept = twins.find(({ textMined }) => !textMined) ?? twins[0];
    for (const twin of twins) {
      if (!kept || twin === kept) continue;
      if (twin.label !== kept.label)
        throw new InputError(
          `${kept.file} and ${twin.file} are the same picture, labelled ${kept.label} and ${twin.label}: one of them is wrong.`,
        );
      left.set(twin, kept);
    }
  }
  return {
    files: files.filter((file) => !left.has(file)),
    notes: [...left].map(([twin, kept]) => `${twin.file}: the same picture as ${kept.file}, counted once`),
  };
}
