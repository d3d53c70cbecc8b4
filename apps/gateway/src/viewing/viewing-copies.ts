import { DecoderPool, Places, type Prepared, type ViewingCopy } from '@lucency/imaging';
import { ByteCache } from './byte-cache.js';

/** An original of the blob store. */
export interface StoredImage {
  /** Of the image: its bytes never change. */
  id: string;
  bytes: number;
  read: () => Promise<Uint8Array>;
}

/** So many copies are asked for that this one would come late. */
export class ViewingBusy extends Error {}

/** About a hundred copies. */
const maxCachedBytes = 48e6;
/** Waiting takes no memory; at some twenty copies a second the last one waits about three. */
const maxWaiting = 64;
const maxHeavyWaiting = 4;
/** Larger files are read into memory one at a time. */
const largeFileBytes = 8e6;
const refusalBytes = 100;

interface InFlight {
  copy: Promise<Prepared<ViewingCopy>>;
  viewers: number;
  abandoned: AbortController;
}

/**
 * Makes the copies that viewers get, a few at a time in a process of their own, and keeps the last ones. Several who ask for
 * one image wait for one copy, and nothing is made once all of them have gone.
 */
export class ViewingCopies {
  readonly #pool: DecoderPool;
  readonly #cache = new ByteCache<Prepared<ViewingCopy>>(maxCachedBytes);
  readonly #inFlight = new Map<string, InFlight>();
  /** One is read from the store while another is decoded. */
  readonly #ordinary = new Places(2);
  readonly #heavy = new Places(1);

  constructor(pool = new DecoderPool({ processes: 1 })) {
    this.#pool = pool;
  }

  /**
   * @param signal ends when this viewer has gone.
   * @throws ViewingBusy, what `read` throws, or the reason of the signal.
   */
  async of(image: StoredImage, signal: AbortSignal): Promise<Prepared<ViewingCopy>> {
    const kept = this.#cache.get(image.id);
    if (kept) return kept;
    signal.throwIfAborted();
    const work = this.#inFlight.get(image.id) ?? this.#start(image);
    work.viewers += 1;
    const leave = () => {
      work.viewers -= 1;
      if (work.viewers === 0) work.abandoned.abort(signal.reason);
    };
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await work.copy;
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  close(): void {
    this.#pool.close();
  }

  #start(image: StoredImage): InFlight {
    const abandoned = new AbortController();
    const copy = this.#make(image, abandoned.signal).finally(() => {
      if (this.#inFlight.get(image.id) === work) this.#inFlight.delete(image.id);
    });
    // Whoever comes after the last viewer has gone starts anew.
    abandoned.signal.addEventListener('abort', () => this.#inFlight.delete(image.id), { once: true });
    const work: InFlight = { copy, viewers: 0, abandoned };
    this.#inFlight.set(image.id, work);
    return work;
  }

  async #make(image: StoredImage, signal: AbortSignal): Promise<Prepared<ViewingCopy>> {
    const large = image.bytes > largeFileBytes;
    const first = large ? 'heavy' : await this.#run(image, 'ordinary', signal);
    const copy = first === 'heavy' ? await this.#run(image, 'heavy', signal) : first;
    if (copy === 'heavy') throw new Error('a picture stayed heavy where it may be');
    this.#cache.set(image.id, copy, copy.ok ? copy.value.bytes.byteLength : refusalBytes);
    return copy;
  }

  async #run(image: StoredImage, lane: 'ordinary' | 'heavy', signal: AbortSignal) {
    const [places, most] = lane === 'heavy' ? [this.#heavy, maxHeavyWaiting] : [this.#ordinary, maxWaiting];
    if (places.waiting >= most) throw new ViewingBusy(`${most} copies wait already`);
    const leave = await places.take('ROUTINE', signal);
    try {
      const bytes = await image.read();
      signal.throwIfAborted();
      return await this.#pool.run({ product: 'view', bytes, signal }, lane);
    } finally {
      leave();
    }
  }
}
