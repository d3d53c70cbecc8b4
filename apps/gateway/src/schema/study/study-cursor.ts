import { z } from 'zod';
import type { Place } from '../../study/list/study-page.js';
import { uuid } from '../page-arguments.js';

/** Where a page of studies ended, and the moment whose order its list has. */
export interface StudyCursor {
  place: Place;
  at: Date;
}

const milliseconds = z.coerce
  .number()
  .int()
  .min(0)
  .max(8.64e15)
  .transform((time) => new Date(time));
const parts = z.tuple([
  z.literal('GPC'),
  z.literal('S'),
  z.string().regex(uuid),
  milliseconds,
  z.coerce.number().int().min(0).max(99),
  milliseconds,
  z.union([z.literal('').transform(() => null), z.coerce.number().min(0).max(1)]),
]);

/** Holds all that orders sort by, so that a study which has moved since still marks the place where it was. */
export function writeCursor({ id, stretch, createdAt, probability }: Place, at: Date): string {
  const text = ['GPC', 'S', id, at.getTime(), stretch, createdAt.getTime(), probability ?? ''].join(':');
  return Buffer.from(text).toString('base64');
}

/** @returns null where this API did not write it */
export function readCursor(cursor: string): StudyCursor | null {
  const read = parts.safeParse(Buffer.from(cursor, 'base64').toString('utf8').split(':'));
  if (!read.success) return null;
  const [, , id, at, stretch, createdAt, probability] = read.data;
  return { place: { id, stretch, createdAt, probability }, at };
}
