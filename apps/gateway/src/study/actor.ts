import type { Author } from '../audit/author.js';
import type { Viewer } from '../identity/viewer.js';

export type { Actor, Author } from '../audit/author.js';

export function authorOf({ organizationId, personId }: Viewer): Author {
  return { organizationId, actor: { personId } };
}
