import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { drawPhantom } from '@lucency/imaging';

/** Of the size that hospitals send. */
const size = { width: 1500, height: 1200 };
/** Every virtual user holds them all. */
const count = 4;

/** Draws the chests that k6 sends, and lists them in pictures.json; once, since they are always the same. */
export async function drawPictures(folder: string): Promise<void> {
  const list = path.join(folder, 'pictures.json');
  if (existsSync(list)) return;
  await mkdir(folder, { recursive: true });
  const pictures = await Promise.all(
    Array.from({ length: count }, async (_, seed) => {
      const bytes = await drawPhantom({ ...size, seed, pneumonia: seed % 2 === 0 });
      const file = `phantom-${seed}.jpeg`;
      await writeFile(path.join(folder, file), bytes);
      return { file, sha256: createHash('sha256').update(bytes).digest('hex') };
    }),
  );
  await writeFile(list, JSON.stringify(pictures, null, 2));
}
