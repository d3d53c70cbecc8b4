import type { Viewer } from '../identity/viewer.js';

/** Who changes a study: a person, or the part of the coordinator that does it for nobody in particular. */
export type Actor = { personId: string } | { coordinator: 'dispatcher' | 'recorder' };

/** On whose behalf studies of an organization change; each change is written with it. */
export interface Author {
  organizationId: string;
  actor: Actor;
}

export function authorOf({ organizationId, personId }: Viewer): Author {
  return { organizationId, actor: { personId } };
}
