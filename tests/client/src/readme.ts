import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from './platform.js';

/** The program in the client's README, word for word. */
export async function readmeExample(): Promise<string> {
  const page = await readFile(path.join(root, 'packages/client/README.md'), 'utf8');
  const [, program] = /^```ts\n([\s\S]*?)^```$/m.exec(page) ?? [];
  if (!program) throw new Error('the README of the client has no example');
  return program;
}
