interface Row {
  id: string;
}

/** What is shown, and how many studies wait to be shown among it. */
export interface SteadyRows<T> {
  rows: readonly T[];
  waiting: number;
}

/**
 * The rows as they were, each in its place and as new as it can be, while somebody points at them: what came since waits,
 * what left stays. Only what follows behind the last row is added, since that moves nothing.
 */
export function steadyRows<T extends Row>(shown: readonly T[], latest: readonly T[]): SteadyRows<T> {
  const known = new Set(shown.map(({ id }) => id));
  const newest = new Map(latest.map((row) => [row.id, row]));
  const lastKnown = latest.findLastIndex(({ id }) => known.has(id));
  const isNew = ({ id }: T) => !known.has(id);
  return {
    rows: [...shown.map((row) => newest.get(row.id) ?? row), ...latest.slice(lastKnown + 1).filter(isNew)],
    waiting: latest.slice(0, lastKnown + 1).filter(isNew).length,
  };
}
