import type { Priority } from '@lucency/contracts';
import type { Prepared } from '../outcome.js';
import { type PreparedImage, toPreparedImage } from '../prepare.js';
import { DecoderPool, type DecoderPoolOptions } from './decoder-pool.js';

export interface ImagePreparer {
  /** @throws HeavyLaneFull, or when the process that held this image broke; another try may succeed. */
  prepare(bytes: Uint8Array, priority?: Priority): Promise<Prepared<PreparedImage>>;
  /** Rejects what still waits and ends the processes. */
  close(): Promise<void>;
}

/** Prepares images in processes of their own, off the event loop. One that crashes or never ends takes only its own image along. */
export function createImagePreparer(options: DecoderPoolOptions = {}): ImagePreparer {
  const pool = new DecoderPool(options);
  return {
    async prepare(bytes, priority = 'ROUTINE') {
      const run = { product: 'prepare', bytes, priority } as const;
      const first = await pool.run(run);
      const prepared = first === 'heavy' ? await pool.run(run, 'heavy') : first;
      if (prepared === 'heavy') throw new Error('a picture stayed heavy where it may be');
      return prepared.ok ? { ok: true, value: toPreparedImage(prepared.value) } : prepared;
    },
    close: async () => pool.close(),
  };
}
