import {
  classifyJob,
  explainJob,
  faithfulnessJob,
  type JobKind,
  type JobOf,
  messageVersion,
} from '@lucency/contracts';
import { z } from 'zod';
import { parseJson } from './json.js';

/** What every version of a job says, enough to report about it. */
const jobEnvelope = z.object({
  version: z.int().positive(),
  taskId: z.guid(),
  attempt: z.int().positive(),
  tries: z.int().nonnegative(),
  organizationId: z.guid(),
  studyId: z.guid(),
  image: z.object({ id: z.guid() }),
});
export type JobEnvelope = z.infer<typeof jobEnvelope>;

export type JobRead<Kind extends JobKind> =
  | { is: 'readable'; envelope: JobEnvelope; job: JobOf<Kind> }
  | { is: 'newer'; envelope: JobEnvelope }
  | { is: 'unreadable'; envelope: JobEnvelope; problem: string }
  | { is: 'nameless' };

const schemas: { [Kind in JobKind]: z.ZodType<JobOf<Kind>> } = {
  classify: classifyJob,
  explain: explainJob,
  score: faithfulnessJob,
};

/** Reads one job of the given kind; never throws, whatever the bytes are. */
export function readJob<Kind extends JobKind>(kind: Kind, data: Uint8Array): JobRead<Kind> {
  const content = parseJson(data);
  const read = jobEnvelope.safeParse(content);
  if (!read.success) return { is: 'nameless' };
  const envelope = read.data;
  if (envelope.version > messageVersion) return { is: 'newer', envelope };
  const schema: z.ZodType<JobOf<Kind>> = schemas[kind];
  const job = schema.safeParse(content);
  if (job.success) return { is: 'readable', envelope, job: job.data };
  return { is: 'unreadable', envelope, problem: z.prettifyError(job.error) };
}
