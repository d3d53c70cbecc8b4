import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile, truncate } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { featureCount } from '@lucency/model/card';

const rowBytes = featureCount * 4;

/** Rows of 2048 features on disk, appended batch by batch: an interrupted run goes on where it stopped. */
export interface FeatureCache {
  /** `[rows, 2048]`. */
  read(): Promise<Float32Array>;
  append(rows: Float32Array): Promise<void>;
}

/** `key`: everything the features depend on; another key is another file. */
export async function openFeatureCache(key: readonly string[]): Promise<FeatureCache> {
  const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'lucency', 'features');
  await mkdir(folder, { recursive: true });
  const name = createHash('sha256').update(JSON.stringify(key)).digest('hex').slice(0, 32);
  const path = join(folder, `${name}.f32`);
  return {
    async read() {
      await appendFile(path, '');
      const bytes = await readFile(path);
      const whole = bytes.length - (bytes.length % rowBytes);
      if (whole !== bytes.length) await truncate(path, whole);
      return new Float32Array(new Uint8Array(bytes.subarray(0, whole)).buffer);
    },
    append: (rows) => appendFile(path, new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength)),
  };
}
