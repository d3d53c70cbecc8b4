import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createBlobStore } from '@lucency/blobs';
import { createImagePreparer, type PreparedImage, reencodeForViewing, renderHeatmap } from '@lucency/imaging';
import { fetchImage } from '@lucency/reading';
import { computed, spreadOf } from './spread.js';

const rounds = 60;

/** Milliseconds of reading and hashing an image from a disk, as inference does. */
export async function measureFetch(pictures: readonly Uint8Array[]): Promise<number[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lucency-capacity-'));
  try {
    const store = createBlobStore(pathToFileURL(folder).href);
    const images = await Promise.all(
      pictures.map(async (bytes) => {
        const blobKey = `${randomUUID()}/${randomUUID()}`;
        await store.write(blobKey, bytes);
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        return { id: randomUUID(), blobKey, sha256, bytes: bytes.byteLength };
      }),
    );
    let next = 0;
    const fetchNext = async () => {
      const image = images[next++ % images.length];
      const fetched = image && (await fetchImage(store, image));
      if (!fetched?.ok) throw new Error('an image that was just written could not be read');
    };
    return spreadOf(await computed(rounds, fetchNext));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Milliseconds of decoding in one thread, and what the first picture became. */
export async function measureDecode(pictures: readonly Uint8Array[]) {
  const preparer = createImagePreparer({ processes: 1 });
  try {
    let next = 0;
    const prepareNext = async (): Promise<PreparedImage> => {
      const prepared = await preparer.prepare(pictures[next++ % pictures.length] ?? new Uint8Array());
      if (!prepared.ok) throw new Error(`a drawn chest was refused: ${prepared.reason}`);
      return prepared.value;
    };
    const { input } = await prepareNext();
    return { decode: spreadOf(await computed(rounds, prepareNext)), input };
  } finally {
    await preparer.close();
  }
}

/** Milliseconds of drawing a heatmap. */
export async function measureDraw(evidence: readonly number[]): Promise<number[]> {
  const draw = () => renderHeatmap(evidence, { strong: 1 });
  await computed(5, draw);
  return spreadOf(await computed(rounds, draw));
}

/** Milliseconds of the copy that a viewer gets. */
export async function measureView(bytes: Uint8Array): Promise<number[]> {
  const view = () => reencodeForViewing(bytes);
  await computed(3, view);
  return spreadOf(await computed(rounds, view));
}
