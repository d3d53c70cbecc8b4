import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { anyJob } from './jobs.js';

const common = {
  version: 1,
  taskId: randomUUID(),
  attempt: 1,
  tries: 0,
  priority: 'ROUTINE',
  organizationId: randomUUID(),
  studyId: randomUUID(),
  image: { id: randomUUID(), blobKey: 'a/b', sha256: 'a'.repeat(64), bytes: 1 },
};
const reading = { modelId: 'm', evidence: new Array(49).fill(0) };

it('takes jobs of dispatchers that name neither model nor method for the usual method', () => {
  expect(anyJob.parse({ ...common, kind: 'classify' })).not.toHaveProperty('modelId');
  for (const job of [
    { ...common, kind: 'explain', heatmapKey: 'a/c.png', reading },
    { ...common, kind: 'score', reading },
  ]) {
    expect(anyJob.parse(job)).toMatchObject({ method: 'grad-cam' });
    expect(anyJob.parse({ ...job, modelId: 'm', method: 'occlusion' })).toMatchObject({
      modelId: 'm',
      method: 'occlusion',
    });
  }
});
