import { Prisma } from '../../generated/prisma/client.js';
import { allOf, anyOf } from './study-filter.js';

/** Studies that are sorted by the same columns, none of them null, so that one index serves each. */
export interface Stretch {
  where: Prisma.Sql;
  by: readonly SortKey[];
}

export interface SortKey {
  column: 'probability' | 'created_at' | 'id';
  descending: boolean;
}

/** How long studies may wait at a site; null means as long as it takes. */
export interface SiteLimit {
  siteId: string;
  waitingLimitMinutes: number | null;
}

/** What an order that depends on the time of day is made of. */
export interface OrderFacts {
  at: Date;
  limits: readonly SiteLimit[];
}

const up = (column: SortKey['column']): SortKey => ({ column, descending: false });
const down = (column: SortKey['column']): SortKey => ({ column, descending: true });
const everything = Prisma.sql`true`;
const answered = Prisma.sql`probability IS NOT NULL`;
const unanswered = Prisma.sql`probability IS NULL`;

/** An order is a list of stretches, one after the other: what is put together cannot be sorted by any one index. */
export const studyOrders = {
  NEWEST_FIRST: () => [{ where: everything, by: [down('created_at'), down('id')] }],
  OLDEST_FIRST: () => [{ where: everything, by: [up('created_at'), up('id')] }],
  MOST_URGENT_FIRST: mostUrgentFirst,
  HIGHEST_PROBABILITY_FIRST: () => [
    { where: answered, by: [down('probability'), down('id')] },
    { where: unanswered, by: [down('id')] },
  ],
} satisfies Record<string, (facts: OrderFacts) => Stretch[]>;
export type StudyOrder = keyof typeof studyOrders;

// Literals, word for word as in the predicates of the partial indexes: of a parameter the planner proves nothing.
const isWaiting = Prisma.sql`review_state = 'NONE' AND withdrawn_at IS NULL`;
const priorities = [Prisma.sql`priority = 'STAT'`, Prisma.sql`priority = 'ROUTINE'`];

/**
 * STAT before routine; in each what has waited longer than its site's limit, the oldest first, then the most likely
 * pneumonias, then what has no answer. What waits for no review comes last.
 */
function mostUrgentFirst({ at, limits }: OrderFacts): Stretch[] {
  const isOverdue = overdue(limits, at);
  const isInTime = Prisma.sql`NOT ${isOverdue}`;
  return [
    ...priorities.flatMap((priority) => [
      { where: allOf([isWaiting, priority, isOverdue]), by: [up('created_at'), up('id')] },
      {
        where: allOf([isWaiting, priority, isInTime, answered]),
        by: [down('probability'), up('created_at'), up('id')],
      },
      { where: allOf([isWaiting, priority, isInTime, unanswered]), by: [up('created_at'), up('id')] },
    ]),
    { where: Prisma.sql`NOT (${isWaiting})`, by: [down('created_at'), down('id')] },
  ];
}

/** Sites of one limit share a comparison; most organizations have one limit. */
function overdue(limits: readonly SiteLimit[], at: Date): Prisma.Sql {
  const sitesByLimit = new Map<number, string[]>();
  for (const { siteId, waitingLimitMinutes } of limits) {
    if (waitingLimitMinutes === null) continue;
    sitesByLimit.set(waitingLimitMinutes, [...(sitesByLimit.get(waitingLimitMinutes) ?? []), siteId]);
  }
  return anyOf(
    [...sitesByLimit].map(([minutes, siteIds]) => {
      const since = new Date(at.getTime() - minutes * 60_000).toISOString();
      return Prisma.sql`(created_at <= ${since}::timestamptz AND site_id = ANY (${siteIds}::uuid[]))`;
    }),
  );
}
