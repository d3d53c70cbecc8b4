import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * A file of this package as built. Programs are started from dist even when the code that starts them runs
 * from src, as in its own tests: Node cannot run TypeScript.
 */
export function builtFile(path: string): string {
  return join(dirname(createRequire(import.meta.url).resolve('@lucency/dev-stack')), path);
}
