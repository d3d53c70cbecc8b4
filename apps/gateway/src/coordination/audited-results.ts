import type { JobResult } from '@lucency/contracts';
import { type AuditAction, type AuditEntry, aboutStudy } from '../audit/entries.js';
import type { FencedResult, FencedTask } from './fence.js';

/** What the audit trail tells of a result; null where its work goes on. */
export function entryOf({ task, result }: FencedResult, end: { state: string } | null): AuditEntry | null {
  if (end === null) return null;
  const entry = (action: AuditAction, details: Record<string, string>) =>
    aboutStudy(action, { id: task.studyId, siteId: task.siteId }, { ...whatOf(task, result), ...details });
  switch (result.outcome) {
    case 'read':
      return entry('STUDY_READ', { model: result.reading.modelId });
    case 'drawn':
      // Nobody sees it before it was checked.
      return null;
    case 'scored': {
      const { modelId: model, method, presentation } = result.faithfulness;
      return entry(presentation === 'WITHHELD' ? 'HEATMAP_WITHHELD' : 'HEATMAP_SHOWN', { model, method });
    }
    case 'refused':
      return entry(result.kind === 'classify' ? 'STUDY_REFUSED' : 'HEATMAP_WITHHELD', {
        reason: result.reason,
      });
    case 'withheld':
      return entry('HEATMAP_WITHHELD', { reason: result.reason });
    case 'failed':
      return entry('STUDY_FAILED', { reason: result.reason });
    case 'later':
      return entry('STUDY_FAILED', { reason: 'PROCESSING_CRASHED' });
  }
}

function whatOf({ imageId }: FencedTask, { kind }: JobResult): Record<string, string> {
  return { image: imageId, work: kind };
}
