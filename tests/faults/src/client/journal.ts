import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Study } from '@lucency/client';
import { uniquePicture } from '../platform/pictures.js';
import type { Platform } from '../platform/platform.js';

/** What the client was told: the one witness that no crash of the platform can confuse. */
export interface Entry {
  idempotencyKey: string;
  studyId: string;
}

/** How a study stands, and nothing of its answer. */
export type Standing = Pick<Study, 'id' | 'readingState' | 'readingReason' | 'explanationState'>;

/** A whole study costs a client thirty times the points, and hundreds are asked for again and again. */
const standing =
  'query ($id: ID!) { study(id: $id) { id readingState readingReason { code message } explanationState } }';

const retryMs = 200;
const giveUpMs = 60_000;

/** Submits pictures like a careful client: it repeats with the same key until it has an answer. */
export class Journal {
  readonly #platform: Pick<Platform, 'client' | 'siteId'>;
  readonly entries: Entry[] = [];

  constructor(platform: Pick<Platform, 'client' | 'siteId'>) {
    this.#platform = platform;
  }

  /** Submits `count` pictures, `atOnce` at a time. @returns when all are acknowledged. */
  async submit(count: number, { atOnce = 4, mark = '' } = {}): Promise<Entry[]> {
    const acknowledged: Entry[] = [];
    let left = count;
    const work = async () => {
      while (left > 0) {
        left -= 1;
        acknowledged.push(await this.#submitOne(await uniquePicture(mark)));
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    return acknowledged;
  }

  async #submitOne(bytes: Uint8Array): Promise<Entry> {
    const { client, siteId } = this.#platform;
    const idempotencyKey = randomUUID();
    const facts = {
      siteId,
      patientReference: idempotencyKey,
      patientAgeMonths: 30,
      idempotencyKey,
    };
    const giveUpAt = Date.now() + giveUpMs;
    for (;;) {
      try {
        const { study } = await client.submit(bytes, facts);
        const entry = { idempotencyKey, studyId: study.id };
        this.entries.push(entry);
        return entry;
      } catch (error) {
        if (Date.now() > giveUpAt) throw error;
        await sleep(retryMs);
      }
    }
  }

  async #standingOf(id: string): Promise<Standing | null> {
    const { client } = this.#platform;
    return (await client.request<{ study: Standing | null }>(standing, { id })).study;
  }

  /**
   * Waits until every acknowledged study has come to its end, or each of these while others are submitted. @throws naming
   * those that have not in time.
   */
  async settled(deadlineMs: number, entries: readonly Entry[] = this.entries): Promise<Standing[]> {
    const giveUpAt = Date.now() + deadlineMs;
    const ended = new Map<string, Standing>();
    for (;;) {
      const open = entries.filter(({ studyId }) => !ended.has(studyId));
      for (const { studyId } of open) {
        const study = await this.#standingOf(studyId).catch(() => null);
        if (study && hasEnded(study)) ended.set(studyId, study);
      }
      if (ended.size === new Set(entries.map(({ studyId }) => studyId)).size) return [...ended.values()];
      if (Date.now() > giveUpAt) {
        const lost = await Promise.all(open.map(({ studyId }) => this.#standingOf(studyId)));
        const states = lost.map((study) => `${study?.readingState}/${study?.explanationState}`);
        throw new Error(`${open.length} of ${entries.length} acknowledged studies did not end: ${states}`);
      }
      await sleep(100);
    }
  }
}

function hasEnded({ readingState, explanationState }: Standing): boolean {
  if (readingState === 'REFUSED' || readingState === 'FAILED') return true;
  return readingState === 'CLASSIFIED' && ['READY', 'WITHHELD', 'FAILED'].includes(explanationState);
}
