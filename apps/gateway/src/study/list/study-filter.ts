import { Prisma } from '../../generated/prisma/client.js';
import type { Decision, Priority, ReviewState } from '../../generated/prisma/enums.js';
import type { ReadingState } from '../image-state.js';
import { storedReadingState } from '../stored-state.js';

/** Which studies a list is about; what is left out restricts nothing. */
export interface StudyFilter {
  siteIds?: readonly string[] | undefined;
  readingStates?: readonly ReadingState[] | undefined;
  priorities?: readonly Priority[] | undefined;
  decisions?: readonly Decision[] | undefined;
  reviewStates?: readonly ReviewState[] | undefined;
  patientReferencePrefix?: string | undefined;
  studyInstanceUid?: string | undefined;
  createdFrom?: Date | undefined;
  createdBefore?: Date | undefined;
  includeWithdrawn?: boolean | undefined;
}

/** The highest character that a patient reference may hold, to end the range of a prefix. */
const afterAll = '\u{10ffff}';

/** As SQL over the table `study`. Its enums are never compared as text, which would keep the partial indexes out of reach. */
export function conditionOf(filter: StudyFilter): Prisma.Sql {
  const { siteIds, priorities, decisions, patientReferencePrefix: prefix, studyInstanceUid: uid } = filter;
  const conditions = [
    !filter.includeWithdrawn && Prisma.sql`withdrawn_at IS NULL`,
    siteIds && Prisma.sql`site_id = ANY (${[...siteIds]}::uuid[])`,
    filter.readingStates && anyOf(filter.readingStates.map(inReadingState)),
    priorities && Prisma.sql`priority = ANY (${[...priorities]}::text[]::priority[])`,
    decisions && Prisma.sql`decision = ANY (${[...decisions]}::text[]::decision[])`,
    filter.reviewStates && anyOf(filter.reviewStates.map(inReviewState)),
    prefix &&
      Prisma.sql`patient_reference COLLATE "C" >= ${prefix} AND patient_reference COLLATE "C" < ${`${prefix}${afterAll}`}`,
    uid !== undefined && Prisma.sql`study_instance_uid = ${uid}`,
    filter.createdFrom && Prisma.sql`created_at >= ${filter.createdFrom.toISOString()}::timestamptz`,
    filter.createdBefore && Prisma.sql`created_at < ${filter.createdBefore.toISOString()}::timestamptz`,
  ];
  return allOf(conditions.filter((condition) => condition instanceof Prisma.Sql));
}

function inReadingState(state: ReadingState): Prisma.Sql {
  const stored = Prisma.sql`reading_state = ${storedReadingState(state)}::text::reading_state`;
  if (state === 'NOT_READ') return Prisma.sql`(${stored} AND reading_reason IS NOT NULL)`;
  return state === 'RECEIVED' ? Prisma.sql`(${stored} AND reading_reason IS NULL)` : stored;
}

/** CLAIMED is what waits while somebody holds it. */
function inReviewState(state: ReviewState): Prisma.Sql {
  const isHeld = Prisma.sql`COALESCE(claimed_until > now(), false)`;
  if (state === 'CLAIMED') return Prisma.sql`(review_state = 'NONE' AND ${isHeld})`;
  if (state === 'NONE') return Prisma.sql`(review_state = 'NONE' AND NOT ${isHeld})`;
  return Prisma.sql`review_state = ${state}::text::review_state`;
}

export function allOf(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  return conditions.length === 0 ? Prisma.sql`true` : Prisma.join([...conditions], ' AND ');
}

export function anyOf(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  return conditions.length === 0 ? Prisma.sql`false` : Prisma.sql`(${Prisma.join([...conditions], ' OR ')})`;
}
