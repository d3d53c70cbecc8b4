import type { IncomingMessage } from 'node:http';
import { Transform, type TransformCallback } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { ApiError } from '../../schema/api-error.js';

export interface ArrivalLimits {
  /** Longest silence before a body is refused. */
  silenceMs: number;
  /** Average since the first byte. */
  minBytesPerSecond: number;
  /** When the average begins to count: slow start. */
  graceMs: number;
}

/** 64 kbit/s. Node's own limit is on the length of a request, which refuses a large image on a slow line. */
export const arrivalLimits: ArrivalLimits = { silenceMs: 30_000, minBytesPerSecond: 8_000, graceMs: 30_000 };

const checkEveryMs = 1_000;
/** After a refusal the rest of a body is thrown away for so long, so that its sender gets to read the answer. */
const drainMs = 10_000;

/** Passes bytes on while they arrive at the pace that is asked for, and fails as TOO_SLOW when they do not. */
export class PacedArrival extends Transform {
  /** Fastify compares it with Content-Length. */
  receivedEncodedLength = 0;
  readonly #limits: ArrivalLimits;
  readonly #timer: NodeJS.Timeout;
  #lastAt = performance.now();
  #checkedAt = performance.now();
  /** How long the sender could have sent. */
  #elapsedMs = 0;

  constructor(limits: ArrivalLimits) {
    super();
    this.#limits = limits;
    this.#timer = setInterval(() => this.#check(), Math.min(checkEveryMs, limits.silenceMs / 4));
    this.#timer.unref();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#lastAt = performance.now();
    this.receivedEncodedLength += chunk.byteLength;
    done(null, chunk);
  }

  override _flush(done: TransformCallback): void {
    clearInterval(this.#timer);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    clearInterval(this.#timer);
    done(error);
  }

  #check(): void {
    const now = performance.now();
    const sinceCheck = now - this.#checkedAt;
    this.#checkedAt = now;
    // What waits here to be stored is not the sender's delay.
    if (this.readableLength >= this.readableHighWaterMark) {
      this.#lastAt = now;
      return;
    }
    this.#elapsedMs += sinceCheck;
    const { silenceMs, graceMs, minBytesPerSecond } = this.#limits;
    const pace = (this.receivedEncodedLength / this.#elapsedMs) * 1000;
    const isSilent = now - this.#lastAt > silenceMs;
    const isSlow = this.#elapsedMs > graceMs && pace < minBytesPerSecond;
    if (isSilent || isSlow) this.destroy(new ApiError('TOO_SLOW'));
  }
}

/** Watches over the arrival of every body, of images and of operations alike. */
export function limitArrival(server: FastifyInstance, limits: ArrivalLimits = arrivalLimits): void {
  server.addHook('preParsing', async ({ raw }, reply, payload) => {
    if (raw.complete || raw.method === 'GET' || raw.method === 'HEAD') return payload;
    const paced = new PacedArrival(limits);
    payload.once('error', () => paced.destroy(new ApiError('TOO_SLOW')));
    payload.once('close', () => {
      if (!raw.complete) paced.destroy(new ApiError('TOO_SLOW'));
    });
    reply.raw.once('close', () => {
      payload.unpipe(paced);
      paced.destroy();
      if (!raw.complete) throwAway(raw);
    });
    return payload.pipe(paced);
  });
}

function throwAway(request: IncomingMessage): void {
  const timer = setTimeout(() => request.socket.destroy(), drainMs);
  timer.unref();
  request.once('close', () => clearTimeout(timer));
  request.resume();
}
