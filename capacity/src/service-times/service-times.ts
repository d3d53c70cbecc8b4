import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

export const measuredFolder = path.join(import.meta.dirname, '../../measured');

/** Milliseconds of processor time, for each thread: least, tenths, largest of what was measured. */
const quantiles = z.array(z.number().nonnegative()).length(11);

/** What `npm run capacity -- measure` writes. */
export const serviceTimes = z.object({
  machine: z.object({
    processor: z.string(),
    cores: z.number().int(),
    memoryGiB: z.number(),
    node: z.string(),
  }),
  date: z.string(),
  /** Share of the machine that other programs took just before and just after, 0-1. */
  othersBusy: z.object({ before: z.number(), after: z.number() }),
  modelId: z.string(),
  engine: z.string(),
  picture: z.object({ width: z.number(), height: z.number(), bytes: z.number() }),
  milliseconds: z.object({
    /** From a disk, hashed. */
    fetch: quantiles,
    decode: quantiles,
    /** Of passes over 1, 2, ... 8 pictures, by threads. */
    batches: z.record(z.string(), z.array(quantiles).length(8)),
    draw: quantiles,
    /** The copy that a gateway makes whenever someone looks at an image. */
    view: quantiles,
    /** Insertion and deletion, with one thread. */
    score: quantiles,
  }),
});
export type ServiceTimes = z.infer<typeof serviceTimes>;

export async function readServiceTimes(file: string): Promise<ServiceTimes> {
  return serviceTimes.parse(JSON.parse(await readFile(file, 'utf8')));
}
