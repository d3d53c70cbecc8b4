import type { ChangeAnnouncement } from '@lucency/contracts';
import type { PoolClient } from 'pg';
import { type AuditEntry, writeEntries } from '../audit/entries.js';
import type { Decision, ReadingState as StoredReadingState } from '../generated/prisma/enums.js';
import type { Author } from './actor.js';
import { deriveImageState, type ExplanationState, type ImageFacts, type Standing } from './image-state.js';
import { type ChangedStudy, raiseRevision } from './revision.js';
import { type Answer, answerOf, deriveStudyState, nextState } from './state.js';
import { readingStateOf, storedReadingState } from './stored-state.js';

interface StudyRow {
  id: string;
  siteId: string;
  readingState: StoredReadingState;
  readingReason: string | null;
  explanationState: ExplanationState;
  probability: number | null;
  decision: Decision | null;
  images: (ImageFacts & { reading: Answer | null })[];
}

interface Moved extends ChangedStudy {
  state: Standing | null;
  answer: Answer | null;
}

/** What a transaction did to studies. */
export interface StudyChange {
  /** Studies whose images or tasks changed, to be brought to what those say. */
  moved?: string[];
  /** Studies that changed without moving, such as by a caution beside their heatmap. */
  touched?: string[];
  /** Studies that the command wrote itself: a new one, in the state that its images give it, or one that it withdrew. */
  written?: ChangedStudy[];
  /** What the audit trail tells of it; nothing where work only goes on, as by queueing a study. */
  entries: readonly AuditEntry[];
}

/**
 * The one writer of what studies say of themselves: brings them to what their images say, by the table of moves, writes
 * the entries of the audit trail and raises the revisions. The caller holds the locks of the studies, and nothing is written after this in its transaction.
 * @returns null when nothing changed
 * @throws ForbiddenMove
 */
export async function moveStudies(
  client: PoolClient,
  author: Author,
  { moved = [], touched = [], written = [], entries }: StudyChange,
): Promise<ChangeAnnouncement | null> {
  const moves = (await readStudies(client, moved)).map(moveOf).filter((move) => move !== null);
  await storeStates(client, moves);
  await storeAnswers(client, moves);
  const unmoved = touched.filter((studyId) => !moves.some(({ id }) => id === studyId));
  const changed: ChangedStudy[] = [...moves, ...(await touch(client, unmoved)), ...written];
  await writeEntries(client, author, entries);
  if (changed.length === 0) return null;
  return raiseRevision(
    client,
    author.organizationId,
    changed.map(({ id, siteId }) => ({ id, siteId })),
  );
}

/** One look by key for each image, so that no plan reads a whole table. */
async function readStudies(client: PoolClient, studyIds: string[]): Promise<StudyRow[]> {
  if (studyIds.length === 0) return [];
  const studies = await client.query<StudyRow>(
    `SELECT s.id, s.site_id AS "siteId", s.reading_state AS "readingState", s.reading_reason AS "readingReason",
       s.explanation_state AS "explanationState", s.probability, s.decision, (
         SELECT COALESCE(json_agg(json_build_object('view', i.view, 'tasks', (
             SELECT COALESCE(json_agg(json_build_object('kind', t.kind, 'method', t.method, 'state', t.state, 'reason', t.reason,
               'dispatched', t.dispatched_at IS NOT NULL)), '[]')
             FROM task t WHERE t.image_id = i.id
           ), 'reading', (
             SELECT json_build_object('probability', r.probability, 'decision', r.decision)
             FROM reading r WHERE r.image_id = i.id ORDER BY r.created_at DESC LIMIT 1
           )) ORDER BY i.position, i.id), '[]')
         FROM image i WHERE (i.organization_id, i.site_id, i.study_id) = (s.organization_id, s.site_id, s.id)
       ) AS images
     FROM study s WHERE s.id = ANY ($1)`,
    [studyIds],
  );
  return studies.rows;
}

/** What is to be stored of a study; null where it says so already. */
function moveOf(study: StudyRow): Moved | null {
  const { id, siteId, explanationState, images } = study;
  const from = { readingState: readingStateOf(study), explanationState };
  const state = nextState(from, deriveStudyState(images.map(deriveImageState)));
  const moves = from.readingState !== state.readingState || from.explanationState !== state.explanationState;
  const answer = answerOf(images.flatMap(({ reading }) => reading ?? []));
  const answers =
    answer !== null && (answer.probability !== study.probability || answer.decision !== study.decision);
  if (!moves && !answers) return null;
  return { id, siteId, state: moves ? state : null, answer: answers ? answer : null };
}

async function storeStates(client: PoolClient, studies: Moved[]): Promise<void> {
  const moved = studies.flatMap(({ id, state }) => (state ? [{ id, ...state }] : []));
  if (moved.length === 0) return;
  await client.query(
    `UPDATE study SET updated_at = now(), reading_state = s.reading_state::reading_state,
       reading_reason = s.reading_reason, explanation_state = s.explanation_state::explanation_state,
       explanation_reason = s.explanation_reason
     FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[])
       AS s (id, reading_state, reading_reason, explanation_state, explanation_reason)
     WHERE study.id = s.id`,
    [
      moved.map(({ id }) => id),
      moved.map(({ readingState }) => storedReadingState(readingState)),
      moved.map(({ readingReason }) => readingReason),
      moved.map(({ explanationState }) => explanationState),
      moved.map(({ explanationReason }) => explanationReason),
    ],
  );
}

/** Apart from the states: what people do moves states, and may not write answers. */
async function storeAnswers(client: PoolClient, studies: Moved[]): Promise<void> {
  const answered = studies.flatMap(({ id, answer }) => (answer ? [{ id, ...answer }] : []));
  if (answered.length === 0) return;
  await client.query(
    `UPDATE study SET updated_at = now(), probability = s.probability, decision = s.decision::decision
     FROM unnest($1::uuid[], $2::float8[], $3::text[]) AS s (id, probability, decision)
     WHERE study.id = s.id`,
    [
      answered.map(({ id }) => id),
      answered.map(({ probability }) => probability),
      answered.map(({ decision }) => decision),
    ],
  );
}

async function touch(client: PoolClient, studyIds: string[]): Promise<ChangedStudy[]> {
  if (studyIds.length === 0) return [];
  const touched = await client.query<ChangedStudy>(
    'UPDATE study SET updated_at = now() WHERE id = ANY ($1) RETURNING id, site_id AS "siteId"',
    [studyIds],
  );
  return touched.rows;
}
