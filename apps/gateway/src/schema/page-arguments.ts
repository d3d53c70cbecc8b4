import { z } from 'zod';
import { defaultPageSize, maxPageSize } from './builder.js';

/** Of a cursor that this API made: Postgres would write any other into its log while refusing it. */
export const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function isCursorOfId(given: string): boolean {
  const [kind, type, id = '', ...rest] = Buffer.from(given, 'base64').toString('utf8').split(':');
  return kind === 'GPC' && type === 'S' && rest.length === 0 && uuid.test(id);
}

const size = z.number().min(0, 'Ask for a page of 0 to 100.').nullish();

/** The arguments of a connection, beside its own. */
export function pageArgumentsWith(isCursor: (given: string) => boolean) {
  const cursor = z.string().refine(isCursor, 'This is not a cursor that came from this API.');
  return z
    .looseObject({ first: size, last: size, after: cursor.nullish(), before: cursor.nullish() })
    .refine(
      ({ after, before }) => !after || !before,
      'Ask for what comes after a cursor or before one, not both.',
    )
    .refine(
      ({ first, before }) => typeof first !== 'number' || !before,
      'Ask for the last ones before a cursor.',
    )
    .refine(
      ({ last, after }) => typeof last !== 'number' || !after,
      'Ask for the first ones after a cursor.',
    );
}

export const pageArguments = pageArgumentsWith(isCursorOfId);

/** What a page costs: that of its entries, which the builder counts, for as many as are asked for. */
export function pageComplexity({ first, last }: { first?: number | null; last?: number | null }) {
  const size = Math.min(maxPageSize, first ?? last ?? defaultPageSize);
  return { field: 5, multiplier: size / 5 };
}
