import type { PoolClient } from 'pg';
import type { ChangedStudy } from './change.js';
import {
  deriveStudyState,
  type ExplanationState,
  ForbiddenMove,
  isAllowedMove,
  type ReadingState,
  type StudyState,
  type TaskStanding,
} from './study-state.js';

interface StudyRow {
  id: string;
  site_id: string;
  reading_state: ReadingState;
  explanation_state: ExplanationState;
}

interface TaskRow extends TaskStanding {
  study_id: string;
}

/**
 * Brings studies to what their tasks say. The caller holds the locks of the studies.
 * @returns those that changed.
 * @throws ForbiddenMove
 */
export async function refreshStudies(client: PoolClient, studyIds: string[]): Promise<ChangedStudy[]> {
  if (studyIds.length === 0) return [];
  const studies = await client.query<StudyRow>(
    'SELECT id, site_id, reading_state, explanation_state FROM study WHERE id = ANY ($1)',
    [studyIds],
  );
  const tasks = await client.query<TaskRow>(
    `SELECT study_id, kind, state, reason, dispatched_at IS NOT NULL AS dispatched FROM task
     WHERE study_id = ANY ($1) AND state <> 'CANCELLED'`,
    [studyIds],
  );
  const moved = studies.rows.flatMap((study) => {
    const state = deriveStudyState(tasks.rows.filter((task) => task.study_id === study.id));
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
