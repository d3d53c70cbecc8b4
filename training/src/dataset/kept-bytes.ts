import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Raised when pictures are decoded otherwise. */
const version = 1;

/** What was decoded from files before, for as long as none of them changes. */
export interface KeptBytes<Known> {
  /** Fills `bytes`, and says what was known of the files; undefined where nothing is kept. */
  read(bytes: Uint8Array): Promise<Known | undefined>;
  write(bytes: Uint8Array, known: Known): Promise<void>;
}

/** A training that is resumed begins at once instead of decoding everything again. `kind` names what is kept. */
export async function keptBytes<Known>(kind: string, paths: readonly string[]): Promise<KeptBytes<Known>> {
  const files = await Promise.all(
    paths.map(async (path) => {
      const { size, mtimeMs } = await stat(path);
      return [path, size, mtimeMs];
    }),
  );
  const key = createHash('sha256')
    .update(JSON.stringify([version, kind, files]))
    .digest('hex')
    .slice(0, 32);
  const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'lucency', 'pictures');
  const [knownFile, bytesFile] = [join(folder, `${key}.json`), join(folder, `${key}.bytes`)];
  return {
    async read(bytes) {
      const text = await readFile(knownFile, 'utf8').catch(() => undefined);
      if (text === undefined) return undefined;
      bytes.set(await readFile(bytesFile));
      return JSON.parse(text);
    },
    /** What is known last: where it is, the bytes are whole. */
    async write(bytes, known) {
      await mkdir(folder, { recursive: true });
      await replace(bytesFile, bytes);
      await replace(knownFile, JSON.stringify(known));
    },
  };
}

async function replace(path: string, content: string | Uint8Array): Promise<void> {
  await writeFile(`${path}.new`, content);
  await rename(`${path}.new`, path);
}
