import type { PoolClient } from 'pg';
import type { ChangedStudy } from '../study/revision.js';
import {
  deriveStudyState,
  type ExplanationState,
  ForbiddenMove,
  isAllowedMove,
  type ReadingState,
  type StudyState,
  type TaskStanding,
} from '../study/state.js';

interface StudyRow {
  id: string;
  site_id: string;
  reading_state: ReadingState;
  explanation_state: ExplanationState;
  tasks: TaskStanding[];
}

/**
 * Brings studies to what their tasks say. The caller holds the locks of the studies.
 * @returns those that changed.
 * @throws ForbiddenMove
 */
export async function refreshStudies(client: PoolClient, studyIds: string[]): Promise<ChangedStudy[]> {
  if (studyIds.length === 0) return [];
  const studies = await client.query<StudyRow>(
    `SELECT id, site_id, reading_state, explanation_state, (
       SELECT COALESCE(json_agg(json_build_object('kind', kind, 'state', state, 'reason', reason,
         'dispatched', dispatched_at IS NOT NULL)), '[]')
       FROM task
       WHERE (organization_id, site_id, study_id) = (study.organization_id, study.site_id, study.id)
         AND state <> 'CANCELLED'
     ) AS tasks
     FROM study WHERE id = ANY ($1)`,
    [studyIds],
  );
  const moved = studies.rows.flatMap((study) => {
    const state = deriveStudyState(study.tasks);
    const from = { readingState: study.reading_state, explanationState: study.explanation_state };
    // A postponed task waits in the database again, but to its reader the study is still queued.
    if (from.readingState === 'QUEUED' && state.readingState === 'RECEIVED') state.readingState = 'QUEUED';
    if (!isAllowedMove(from, state)) {
      throw new ForbiddenMove(`study ${study.id}: ${JSON.stringify(from)} to ${JSON.stringify(state)}`);
    }
    const same = from.readingState === state.readingState && from.explanationState === state.explanationState;
    return same ? [] : [{ id: study.id, siteId: study.site_id, state }];
  });
  await storeStates(client, moved);
  return moved.map(({ id, siteId }) => ({ id, siteId }));
}

/** Marks studies as changed whose state stays. @returns them. */
export async function touchStudies(client: PoolClient, studyIds: string[]): Promise<ChangedStudy[]> {
  if (studyIds.length === 0) return [];
  const touched = await client.query<{ id: string; site_id: string }>(
    'UPDATE study SET updated_at = now() WHERE id = ANY ($1) RETURNING id, site_id',
    [studyIds],
  );
  return touched.rows.map(({ id, site_id }) => ({ id, siteId: site_id }));
}

async function storeStates(client: PoolClient, studies: { id: string; state: StudyState }[]): Promise<void> {
  if (studies.length === 0) return;
  await client.query(
    `UPDATE study SET updated_at = now(), reading_state = s.reading_state::reading_state,
       reading_reason = s.reading_reason, explanation_state = s.explanation_state::explanation_state,
       explanation_reason = s.explanation_reason
     FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[])
       AS s (id, reading_state, reading_reason, explanation_state, explanation_reason)
     WHERE study.id = s.id`,
    [
      studies.map(({ id }) => id),
      studies.map(({ state }) => state.readingState),
      studies.map(({ state }) => state.readingReason),
      studies.map(({ state }) => state.explanationState),
      studies.map(({ state }) => state.explanationReason),
    ],
  );
}
