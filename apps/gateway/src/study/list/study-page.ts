import type { ReadClient } from '../../database/reader.js';
import { Prisma } from '../../generated/prisma/client.js';
import { allOf } from './study-filter.js';
import type { SortKey, Stretch } from './study-orders.js';

/** Where a study stands in a list: all that is needed to go on from there, even if it has moved since. */
export interface Place {
  id: string;
  /** Which stretch of the order it was in. */
  stretch: number;
  createdAt: Date;
  probability: number | null;
}

export interface PageRequest {
  condition: Prisma.Sql;
  stretches: readonly Stretch[];
  limit: number;
  /** Exclusive; the page begins there. Null begins at the beginning, or at the end when going backwards. */
  from: Place | null;
  backwards: boolean;
}

/** Places of the next studies in the direction of the request. Stretches further on are read only as the page is not full. */
export async function readPage(client: ReadClient, request: PageRequest): Promise<Place[]> {
  const { condition, stretches, limit, from, backwards } = request;
  const numbers = stretches.map((_, number) => number);
  const ahead = numbers.filter(
    (number) => !from || (backwards ? number <= from.stretch : number >= from.stretch),
  );
  const page: Place[] = [];
  for (const number of backwards ? ahead.reverse() : ahead) {
    const stretch = stretches[number];
    if (!stretch || page.length >= limit) break;
    const by = backwards ? stretch.by.map(reversed) : stretch.by;
    const conditions = [condition, stretch.where];
    if (from?.stretch === number) conditions.push(beyond(by, from));
    const rows = await client.$queryRaw<Omit<Place, 'stretch'>[]>(
      Prisma.sql`SELECT id, created_at AS "createdAt", probability FROM study WHERE ${allOf(conditions)}
        ORDER BY ${Prisma.join(by.map(sorted))} LIMIT ${limit - page.length}`,
    );
    page.push(...rows.map((row) => ({ ...row, stretch: number })));
  }
  return page;
}

function reversed({ column, descending }: SortKey): SortKey {
  return { column, descending: !descending };
}

function sorted({ column, descending }: SortKey): Prisma.Sql {
  // As the indexes have it, which the null-free stretches do not care about.
  const nulls = column === 'probability' ? (descending ? ' NULLS LAST' : ' NULLS FIRST') : '';
  return Prisma.raw(`${column} ${descending ? 'DESC' : 'ASC'}${nulls}`);
}

/** Rows behind this place. The first comparison alone is one that an index can be entered by. */
function beyond(by: readonly SortKey[], place: Place): Prisma.Sql {
  const steps = by.map((key, index) => [
    ...by.slice(0, index).map((equal) => Prisma.sql`${name(equal)} = ${placed(equal, place)}`),
    Prisma.sql`${name(key)} ${Prisma.raw(key.descending ? '<' : '>')} ${placed(key, place)}`,
  ]);
  const [first] = by;
  const entry = first
    ? Prisma.sql`${name(first)} ${Prisma.raw(first.descending ? '<=' : '>=')} ${placed(first, place)}`
    : Prisma.sql`true`;
  return Prisma.sql`${entry} AND (${Prisma.join(steps.map(allOf), ' OR ')})`;
}

function name({ column }: SortKey): Prisma.Sql {
  return Prisma.raw(column);
}

function placed({ column }: SortKey, { id, createdAt, probability }: Place): Prisma.Sql {
  if (column === 'created_at') return Prisma.sql`${createdAt.toISOString()}::timestamptz`;
  return column === 'id' ? Prisma.sql`${id}::uuid` : Prisma.sql`${probability}::float8`;
}
