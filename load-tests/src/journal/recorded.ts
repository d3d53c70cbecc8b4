import { setTimeout as sleep } from 'node:timers/promises';
import type { LucencyClient } from '@lucency/dev-stack';

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

interface Page {
  studies: {
    edges: {
      node: {
        id: string;
        patientReference: string;
        readingState: string;
        priority: string;
        createdAt: string;
        images: { reading: { createdAt: string } | null }[];
      };
    }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
}

const pageSize = 100;
const pollMs = 500;

const query = `query ($first: Int!, $after: String, $filter: StudyFilter!) {
  studies(first: $first, after: $after, filter: $filter, orderBy: OLDEST_FIRST) {
    edges {
      node { id patientReference readingState priority createdAt images { reading { createdAt } } }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** Waits until none of the run's studies is open. @returns false when the deadline came first */
export async function untilSettled(
  clients: readonly LucencyClient[],
  run: string,
  deadlineMs: number,
): Promise<boolean> {
  const giveUpAt = Date.now() + deadlineMs;
  const filter = { patientReferencePrefix: `${run}-`, readingStates: ['RECEIVED', 'QUEUED'] };
  for (const client of clients) {
    for (;;) {
      const { studies } = await askPatiently<Page>(client, { first: 1, filter });
      if (studies.edges.length === 0) break;
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
    let after: string | null = null;
    do {
      const { studies }: Page = await askPatiently<Page>(client, { first: pageSize, after, filter });
      for (const { node } of studies.edges) {
        const [reading] = node.images.map((image) => image.reading);
        found.set(node.id, {
          id: node.id,
          key: node.patientReference,
          state: node.readingState,
          stat: node.priority === 'STAT',
          createdAt: Date.parse(node.createdAt),
          readAt: reading ? Date.parse(reading.createdAt) : null,
        });
      }
      after = studies.pageInfo.hasNextPage ? studies.pageInfo.endCursor : null;
    } while (after);
  }
  return [...found.values()];
}

/** Repeats what QUOTA turned away: the oracle asks for more in a moment than a client usually does. */
async function askPatiently<T>(client: LucencyClient, variables: Record<string, unknown>): Promise<T> {
  for (;;) {
    const { data, errors } = await client.ask<T>(query, variables);
    if (data && !errors) return data;
    const [first] = errors ?? [];
    const { code, retryAfterSeconds = 1 } = first?.extensions ?? { code: 'NO_DATA' };
    if (code !== 'QUOTA' && code !== 'BUSY') throw new Error(`the oracle was answered with ${code}`);
    await sleep(retryAfterSeconds * 1000);
  }
}
