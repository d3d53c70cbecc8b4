import type { DeliveryContent, DeliveryFilter, DeliveryState } from '../gql/graphql';

/** What a person can ask the list of deliveries for; kept in the address. */
export interface DeliveryFilters {
  state: StateChoice;
  destination: string | null;
  content: ContentChoice;
}

/** Where in the list: the page after one delivery, or the one before it. The newest where neither is named. */
export interface Place {
  after: string | null;
  before: string | null;
}

export const stateChoices = {
  all: 'All',
  failed: 'Failed',
  waiting: 'Waiting',
  delivered: 'Delivered',
  cancelled: 'Not sent',
} as const;
export type StateChoice = keyof typeof stateChoices;

export const contentChoices = {
  findings: 'All but tests',
  result: 'Results',
  heatmap: 'Heatmaps',
  review: 'Reviews',
  test: 'Tests',
} as const;
export type ContentChoice = keyof typeof contentChoices;

const states: Record<StateChoice, DeliveryState[] | null> = {
  all: null,
  failed: ['FAILED'],
  waiting: ['PENDING'],
  delivered: ['DELIVERED'],
  cancelled: ['CANCELLED'],
};

const contents: Record<ContentChoice, DeliveryContent[]> = {
  findings: ['RESULT', 'HEATMAP', 'REVIEW'],
  result: ['RESULT'],
  heatmap: ['HEATMAP'],
  review: ['REVIEW'],
  test: ['ECHO'],
};

export const anything: DeliveryFilters = { state: 'all', destination: null, content: 'findings' };
export const whatFailed: DeliveryFilters = { ...anything, state: 'failed' };
export const newest: Place = { after: null, before: null };

export const pageSize = 25;

export function readFilters(query: URLSearchParams): DeliveryFilters {
  return {
    state: keyIn(stateChoices, query.get('state')) ?? 'all',
    destination: query.get('destination'),
    content: keyIn(contentChoices, query.get('content')) ?? 'findings',
  };
}

export function readPlace(query: URLSearchParams): Place {
  const after = query.get('after');
  return { after, before: after === null ? query.get('before') : null };
}

/** The address of the list with these filters at this place, what is usual left out. */
export function deliveriesPath(filters: DeliveryFilters, { after, before }: Place = newest): string {
  const query = new URLSearchParams();
  if (filters.state !== 'all') query.set('state', filters.state);
  if (filters.destination) query.set('destination', filters.destination);
  if (filters.content !== 'findings') query.set('content', filters.content);
  if (after) query.set('after', after);
  else if (before) query.set('before', before);
  return query.size > 0 ? `/deliveries?${query}` : '/deliveries';
}

export function toDeliveryFilter({ state, destination, content }: DeliveryFilters): DeliveryFilter {
  return {
    contents: contents[content],
    ...(states[state] && { states: states[state] }),
    ...(destination && { destinationIds: [destination] }),
  };
}

export function toPage({ after, before }: Place) {
  return before ? { last: pageSize, before } : { first: pageSize, after };
}

export function isFiltered(filters: DeliveryFilters): boolean {
  return deliveriesPath(filters) !== '/deliveries';
}

function keyIn<Key extends string>(table: Record<Key, string>, key: string | null): Key | undefined {
  return (Object.keys(table) as Key[]).find((known) => known === key);
}
