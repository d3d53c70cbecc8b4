import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Entry } from './entry.ts';

const at = z.number();
const ms = z.number();
const client = { at, who: z.number(), crowd: z.string() };
const study = { at, key: z.string(), stat: z.boolean(), ms };

const entry: z.ZodType<Entry> = z.discriminatedUnion('is', [
  z.object({ is: z.literal('began'), at }),
  z.object({ is: z.literal('acknowledged'), ...client, ...study, study: z.string() }),
  z.object({ is: z.literal('seen'), ...study, state: z.string() }),
  z.object({ is: z.literal('unseen'), ...study }),
  z.object({ is: z.literal('turnedAway'), ...client, code: z.string(), retryAfterSeconds: z.number() }),
  z.object({ is: z.literal('gaveUp'), ...client, stat: z.boolean() }),
  z.object({ is: z.literal('error'), ...client, during: z.string(), code: z.string() }),
  z.object({ is: z.literal('subscribed'), at, ms, again: z.boolean() }),
]);

/** @throws on a line that no client wrote: an oracle that skips lines would miss what was lost. */
export async function readJournal(file: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) if (line) entries.push(entry.parse(JSON.parse(line)));
  return entries;
}

export function only<K extends Entry['is']>(entries: readonly Entry[], is: K): Extract<Entry, { is: K }>[] {
  return entries.filter((candidate): candidate is Extract<Entry, { is: K }> => candidate.is === is);
}
