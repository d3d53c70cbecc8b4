import { setTimeout as sleep } from 'node:timers/promises';
import type { LucencyClient, StudyFilter } from '@lucency/client';

/** A study as the platform has it. */
export interface RecordedStudy {
  id: string;
  /** The patient reference. */
  key: string;
  state: string;
  stat: boolean;
  /** Epoch milliseconds, by the platform's clock. */
  createdAt: number;
  /** Null when there is no reading. */
  readAt: number | null;
}

const pollMs = 500;

/** Waits until none of the run's studies is open. @returns false when the deadline came first */
export async function untilSettled(
  clients: readonly LucencyClient[],
  run: string,
  deadlineMs: number,
): Promise<boolean> {
  const giveUpAt = Date.now() + deadlineMs;
  const filter: StudyFilter = {
    patientReferencePrefix: `${run}-`,
    readingStates: ['RECEIVED', 'QUEUED'],
  };
  for (const client of clients) {
    for (;;) {
      const { done } = await client.studies({ filter, pageSize: 1 }).next();
      if (done) break;
      if (Date.now() > giveUpAt) return false;
      await sleep(pollMs);
    }
  }
  return true;
}

/** Everything that the platform has of this run, each study once, whoever of the clients may see it. */
export async function recordedStudies(
  clients: readonly LucencyClient[],
  run: string,
): Promise<RecordedStudy[]> {
  const found = new Map<string, RecordedStudy>();
  const filter = { patientReferencePrefix: `${run}-`, includeWithdrawn: true };
  for (const client of clients) {
    for await (const study of client.studies({ filter, orderBy: 'OLDEST_FIRST' })) {
      const [reading] = study.images.map((image) => image.reading);
      found.set(study.id, {
        id: study.id,
        key: study.patientReference,
        state: study.readingState,
        stat: study.priority === 'STAT',
        createdAt: Date.parse(study.createdAt),
        readAt: reading ? Date.parse(reading.createdAt) : null,
      });
    }
  }
  return [...found.values()];
}
