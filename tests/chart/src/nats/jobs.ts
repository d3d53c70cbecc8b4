import { randomUUID } from 'node:crypto';
import { defaultMethod, type Job, type JobKind, messageVersion, type Priority } from '@lucency/contracts';

/** A job of this kind, about an image that nobody looks at. */
export function jobOf(kind: JobKind, priority: Priority): Job {
  const [taskId, organizationId, studyId, id] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const common = {
    ...({ version: messageVersion, attempt: 1, tries: 0 } as const),
    ...{ taskId, organizationId, studyId, priority },
    image: { id, blobKey: 'a/b', sha256: '0'.repeat(64), bytes: 1 },
  };
  const reading = { modelId: 'test', evidence: Array.from({ length: 49 }, () => 0) };
  if (kind === 'classify') return { ...common, kind };
  if (kind === 'explain') return { ...common, kind, method: defaultMethod, heatmapKey: 'a/c', reading };
  return { ...common, kind, method: defaultMethod, reading };
}
