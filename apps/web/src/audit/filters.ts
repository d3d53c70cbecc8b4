import type { AuditAction, AuditFilter } from '../gql/graphql';

/** What a person can ask the audit trail for; kept in the address. Days are those of the browser's time zone. */
export interface AuditFilters {
  kind: KindChoice;
  site: string | null;
  person: string | null;
  object: string | null;
  /** YYYY-MM-DD, both inclusive. */
  from: string | null;
  to: string | null;
}

export const kindChoices = {
  all: 'Everything',
  views: 'Views of pictures',
  studies: 'Changes of studies',
  readings: 'Readings',
  deliveries: 'Deliveries',
  exports: 'Exports',
} as const;
export type KindChoice = keyof typeof kindChoices;

const actions: Record<KindChoice, AuditAction[] | null> = {
  all: null,
  views: ['IMAGE_VIEWED', 'ORIGINAL_FETCHED', 'HEATMAP_VIEWED'],
  studies: [
    'STUDY_SUBMITTED',
    'IMAGES_ADDED',
    'STUDY_RETRIED',
    'STUDY_WITHDRAWN',
    'STUDY_CLAIMED',
    'STUDY_RELEASED',
    'REVIEW_SIGNED',
  ],
  readings: ['STUDY_READ', 'STUDY_REFUSED', 'STUDY_FAILED', 'HEATMAP_SHOWN', 'HEATMAP_WITHHELD'],
  deliveries: [
    'DESTINATION_CREATED',
    'DESTINATION_CHANGED',
    'DESTINATION_TESTED',
    'DELIVERY_RETRIED',
    'DELIVERED',
    'DELIVERY_FAILED',
  ],
  exports: ['AUDIT_EXPORTED'],
};

export const everything: AuditFilters = {
  kind: 'all',
  site: null,
  person: null,
  object: null,
  from: null,
  to: null,
};

export const pageSize = 50;

export function readFilters(query: URLSearchParams): AuditFilters {
  const kind = query.get('kind');
  return {
    kind: (Object.keys(kindChoices) as KindChoice[]).find((known) => known === kind) ?? 'all',
    site: query.get('site'),
    person: query.get('person'),
    object: query.get('object'),
    from: dayIn(query.get('from')),
    to: dayIn(query.get('to')),
  };
}

/** The address of the trail with these filters, what is usual left out. */
export function auditPath({ kind, ...others }: AuditFilters, after: string | null = null): string {
  const query = new URLSearchParams();
  if (kind !== 'all') query.set('kind', kind);
  for (const [name, value] of Object.entries(others)) if (value) query.set(name, value);
  if (after) query.set('after', after);
  return query.size > 0 ? `/audit?${query}` : '/audit';
}

export function toAuditFilter({ kind, site, person, object, from, to }: AuditFilters): AuditFilter {
  return {
    ...(actions[kind] && { actions: actions[kind] }),
    ...(site && { siteIds: [site] }),
    ...(person && { personIds: [person] }),
    ...(object && { objectId: object }),
    ...(from && { from: startOf(from, 0) }),
    ...(to && { before: startOf(to, 1) }),
  };
}

/** The path of the gateway that exports what these filters show. */
export function exportPath(filters: AuditFilters): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(toAuditFilter(filters)))
    for (const each of [value].flat()) if (each) query.append(name, String(each));
  return query.size > 0 ? `/audit?${query}` : '/audit';
}

function dayIn(text: string | null): string | null {
  return text && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : null;
}

function startOf(day: string, daysLater: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + daysLater).toISOString();
}
