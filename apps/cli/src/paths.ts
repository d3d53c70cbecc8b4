import { resolve } from 'node:path';

/** npm runs scripts in the repository's root; paths are meant from where the person stands. */
export function fromHere(path: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), path);
}
