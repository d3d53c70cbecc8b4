import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import type { Priority } from '@lucency/contracts';
import { type Prepared, refuse } from '../outcome.js';
import { Decoder, type DecoderBounds, PictureTooComplex } from './decoder.js';
import type { Products } from './decoder-process.js';
import { Places } from './places.js';

export interface DecoderPoolOptions {
  /** Processes for ordinary pictures. Default: one a core, leaving one for the event loop. */
  processes?: number | undefined;
  bounds?: Partial<DecoderBounds>;
  /** Heavy pictures that may wait for the one in hand; default: any number. */
  maxHeavyWaiting?: number | undefined;
  /** A module that says when it is ready, and answers, as `decoder-process` does. */
  file?: string;
}

/** Enough heavy pictures wait; this one may come again in a few seconds. */
export class HeavyLaneFull extends Error {}

export type Lane = 'ordinary' | 'heavy';

export interface DecoderRun {
  product: keyof Products;
  bytes: Uint8Array;
  priority?: Priority;
  /** Ends what waits; a heavy picture in hand as well. An ordinary one is done before a new process would be up. */
  signal?: AbortSignal | undefined;
}

/**
 * The heaviest pictures within the limits take about two seconds and 400 MB. The bounds are for those that nobody thought
 * of.
 */
const defaultBounds: DecoderBounds = { cpuMs: 8_000, residentBytes: 640e6, deadlineMs: 30_000 };

/**
 * Decodes in processes of their own, each bounded in time and memory. Heavy pictures have one process for themselves, which
 * lets all others go first; STAT has one more when the ordinary ones are taken. So a slow picture takes no other's place.
 */
export class DecoderPool {
  readonly #file: string;
  readonly #bounds: DecoderBounds;
  readonly #keep: number;
  readonly #maxHeavyWaiting: number;
  readonly #places: Readonly<Record<Lane, Places>>;
  readonly #all = new Set<Decoder>();
  readonly #idle: Decoder[] = [];
  #closed: Error | null = null;

  constructor({ processes, bounds, maxHeavyWaiting, file }: DecoderPoolOptions = {}) {
    this.#maxHeavyWaiting = maxHeavyWaiting ?? Number.POSITIVE_INFINITY;
    this.#keep = processes ?? Math.max(1, availableParallelism() - 1);
    this.#places = { ordinary: new Places(this.#keep, 1), heavy: new Places(1) };
    this.#bounds = { ...defaultBounds, ...bounds };
    this.#file = file ?? createRequire(import.meta.url).resolve('@lucency/imaging/decoder-process');
  }

  /**
   * @returns what the picture became or why it is refused; `heavy` for a picture that must be run so.
   * @throws HeavyLaneFull; when its process broke, when the pool is closed, or when the signal ended it.
   */
  async run<Name extends keyof Products>(
    run: DecoderRun & { product: Name },
    lane: Lane = 'ordinary',
  ): Promise<Prepared<Products[Name]> | 'heavy'> {
    const { product, bytes, priority = 'ROUTINE', signal } = run;
    const places = this.#places[lane];
    const now = places.takeNow(priority);
    if (!now && lane === 'heavy' && places.waiting >= this.#maxHeavyWaiting)
      throw new HeavyLaneFull('enough heavy pictures wait');
    const leave = now ?? (await places.take(priority, signal));
    if (this.#closed) throw this.#closed;
    const decoder = this.#decoder(lane);
    const abort = () => decoder.end(signal?.reason);
    if (lane === 'heavy') signal?.addEventListener('abort', abort);
    try {
      const answer = await decoder.run({ product, bytes, mayBeHeavy: lane === 'heavy' });
      // A process answers with what it was asked for.
      return answer.heavy ? 'heavy' : (answer.made as Prepared<Products[Name]>);
    } catch (error) {
      if (error instanceof PictureTooComplex) return refuse('TOO_COMPLEX_TO_DECODE');
      throw error;
    } finally {
      signal?.removeEventListener('abort', abort);
      this.#putBack(decoder, lane);
      leave();
    }
  }

  /** Rejects what still waits or is in hand and ends the processes. */
  close(): void {
    const why = new Error('the decoders were closed');
    this.#closed = why;
    for (const places of Object.values(this.#places)) places.close(why);
    for (const decoder of this.#all) decoder.end(why);
  }

  #decoder(lane: Lane): Decoder {
    const idle = lane === 'ordinary' ? this.#idle.pop() : undefined;
    if (idle?.usable) return idle;
    if (idle) this.#all.delete(idle);
    const decoder = new Decoder(this.#file, this.#bounds);
    this.#all.add(decoder);
    if (lane === 'heavy') decoder.yieldToOthers();
    return decoder;
  }

  #putBack(decoder: Decoder, lane: Lane): void {
    // That of STAT is kept as well. A heavy one leaves memory behind that its process would keep.
    if (decoder.usable && lane === 'ordinary' && this.#idle.length <= this.#keep) {
      this.#idle.push(decoder);
      return;
    }
    decoder.end();
    this.#all.delete(decoder);
  }
}
