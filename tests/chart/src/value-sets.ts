import { join } from 'node:path';
import { chartFolder, chartTests } from './places.js';

/** Values as a site would combine them; what each check renders. */
export interface ValueSet {
  name: string;
  /** Later files win. */
  files: string[];
}

const shipped = (name: string) => join(chartFolder, name);
const own = (name: string) => join(chartTests, 'values', name);

export const valueSets: readonly ValueSet[] = [
  { name: 'small', files: [shipped('values-small.yaml'), own('small-site.yaml')] },
  { name: 'plain', files: [own('site.yaml')] },
  { name: 'production', files: [shipped('values-production.yaml'), own('site.yaml')] },
  { name: 'gpu', files: [shipped('values-production.yaml'), shipped('values-gpu.yaml'), own('site.yaml')] },
  { name: 'trial', files: [own('site.yaml'), own('trial.yaml')] },
  {
    name: 'everything',
    files: [
      ...[shipped('values-production.yaml'), shipped('values-gpu.yaml')],
      ...[own('site.yaml'), own('everything.yaml')],
    ],
  },
];

/** Throws when there is none of that name. */
export function valueSet(name: string): ValueSet {
  const found = valueSets.find((each) => each.name === name);
  if (!found) throw new Error(`there is no set of values "${name}"`);
  return found;
}
