import { homeSource, type SourcedFile } from '@lucency/evaluation';
import { typeClasses } from '@lucency/model/card';

/** Place in `typeClasses`. */
export type TypeClass = 0 | 1 | 2;

/**
 * What the Kermany data set calls a picture's pneumonia, in its name: `personN_bacteria_M`, `personN_virus_M`. Null of
 * other sources, which do not say, and of a pneumonia whose name does not.
 */
export function typeClassOf({
  file,
  label,
  source,
}: Pick<SourcedFile, 'file' | 'source'> & { label: 0 | 1 }) {
  if (source !== homeSource) return null;
  if (label === 0) return place('NORMAL');
  if (/_bacteria_/.test(file)) return place('BACTERIAL');
  return /_virus_/.test(file) ? place('VIRAL') : null;
}

function place(name: (typeof typeClasses)[number]): TypeClass {
  const at = typeClasses.indexOf(name);
  if (at === 0 || at === 1 || at === 2) return at;
  throw new Error(`no class is called ${name}`);
}
