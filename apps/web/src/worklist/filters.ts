import type { StudyFilter, StudyOrder } from '../gql/graphql';

/** What a person can ask the worklist for; kept in the address, so that it can be shared and gone back to. */
export interface WorklistFilters {
  state: StateChoice;
  site: string | null;
  statOnly: boolean;
  reference: string;
  order: StudyOrder;
}

export const stateChoices = {
  all: 'All',
  unreviewed: 'To review',
  waiting: 'Waiting',
  suspected: 'Suspected',
  clear: 'Not suspected',
  refused: 'Refused',
  failed: 'Failed',
} as const;
export type StateChoice = keyof typeof stateChoices;

export const orders = {
  NEWEST_FIRST: 'Newest first',
  MOST_URGENT_FIRST: 'Most urgent first',
  OLDEST_FIRST: 'Oldest first',
  HIGHEST_PROBABILITY_FIRST: 'Most likely first',
} as const satisfies Record<StudyOrder, string>;

const filterOfState: Record<StateChoice, StudyFilter> = {
  all: {},
  unreviewed: {
    reviewStates: ['NONE', 'CLAIMED'],
    readingStates: ['CLASSIFIED', 'REFUSED', 'FAILED', 'NOT_READ'],
  },
  waiting: { readingStates: ['RECEIVED', 'QUEUED'] },
  suspected: { readingStates: ['CLASSIFIED'], decisions: ['PNEUMONIA'] },
  clear: { readingStates: ['CLASSIFIED'], decisions: ['NORMAL'] },
  refused: { readingStates: ['REFUSED'] },
  failed: { readingStates: ['FAILED'] },
};

/** What waits for a review is read in the order of urgency; everything else is looked for by date. */
export function usualOrder(state: StateChoice): StudyOrder {
  return state === 'unreviewed' ? 'MOST_URGENT_FIRST' : 'NEWEST_FIRST';
}

/** The filters with another state, and with its usual order unless the person chose one. */
export function withState(filters: WorklistFilters, state: StateChoice): WorklistFilters {
  const isUsual = filters.order === usualOrder(filters.state);
  return { ...filters, state, order: isUsual ? usualOrder(state) : filters.order };
}

export function readFilters(query: URLSearchParams): WorklistFilters {
  const state = keyIn(stateChoices, query.get('state')) ?? 'all';
  return {
    state,
    site: query.get('site'),
    statOnly: query.get('priority') === 'stat',
    reference: query.get('reference') ?? '',
    order: keyIn(orders, query.get('order')) ?? usualOrder(state),
  };
}

export const pageSize = 25;

/** How many rows are to be shown at least; kept in the address beside the filters. */
export function readRows(query: URLSearchParams): number {
  const rows = Number(query.get('rows'));
  return Number.isSafeInteger(rows) ? Math.max(pageSize, rows) : pageSize;
}

/** The worklist's address with these filters and rows. */
export function worklistPath(filters: WorklistFilters, rows = pageSize): string {
  const query = new URLSearchParams(writeFilters(filters));
  if (rows > pageSize) query.set('rows', String(rows));
  return query.size > 0 ? `/?${query}` : '/';
}

/** The query string of these filters, what is usual left out. */
function writeFilters(filters: WorklistFilters): string {
  const query = new URLSearchParams();
  if (filters.state !== 'all') query.set('state', filters.state);
  if (filters.site) query.set('site', filters.site);
  if (filters.statOnly) query.set('priority', 'stat');
  if (filters.reference) query.set('reference', filters.reference);
  if (filters.order !== usualOrder(filters.state)) query.set('order', filters.order);
  return query.toString();
}

export function toStudyFilter(filters: WorklistFilters): StudyFilter {
  return {
    ...filterOfState[filters.state],
    ...(filters.site ? { siteIds: [filters.site] } : {}),
    ...(filters.statOnly ? { priorities: ['STAT' as const] } : {}),
    ...(filters.reference.trim() ? { patientReferencePrefix: filters.reference.trim() } : {}),
  };
}

export function isFiltered(filters: WorklistFilters): boolean {
  return filters.state !== 'all' || !!filters.site || filters.statOnly || !!filters.reference.trim();
}

const ordersByAnswer: readonly StudyOrder[] = ['HIGHEST_PROBABILITY_FIRST', 'MOST_URGENT_FIRST'];

/** Whether a change of a study already listed can move it within the list or out of it. */
export function dependsOnReading(filters: WorklistFilters): boolean {
  return filters.state !== 'all' || ordersByAnswer.includes(filters.order);
}

function keyIn<Key extends string>(table: Record<Key, string>, key: string | null): Key | undefined {
  return (Object.keys(table) as Key[]).find((known) => known === key);
}
