import type { LungMask } from '@lucency/imaging/lungs';

/** The convex hull of the lungs, filled (Andrew's monotone chain over both ends of every row). */
export function convexHull({ side, bits }: LungMask): LungMask {
  const rows: { row: number; left: number; right: number }[] = [];
  for (let row = 0; row < side; row++) {
    const of = bits.subarray(row * side, (row + 1) * side);
    const left = of.indexOf(1);
    if (left >= 0) rows.push({ row, left, right: of.lastIndexOf(1) });
  }
  const hull = new Uint8Array(side * side);
  const lefts = envelope(
    rows.map(({ row, left }) => ({ row, column: left })),
    1,
  );
  const rights = envelope(
    rows.map(({ row, right }) => ({ row, column: right })),
    -1,
  );
  lefts.forEach((left, row) => {
    const from = Math.ceil(left - 1e-6);
    const to = Math.floor((rights.get(row) ?? left) + 1e-6) + 1;
    if (to > from) hull.fill(1, row * side + from, row * side + to);
  });
  return { side, bits: hull };
}

interface Place {
  readonly row: number;
  readonly column: number;
}

/** The column of the convex outline in every row from the first to the last; `sign` 1 is the left one, -1 the right. */
function envelope(places: readonly Place[], sign: 1 | -1): Map<number, number> {
  const corners: Place[] = [];
  for (const place of places) {
    for (;;) {
      const [before, last] = corners.slice(-2);
      if (!before || !last) break;
      const turn =
        (last.row - before.row) * (place.column - before.column) -
        (last.column - before.column) * (place.row - before.row);
      if (sign * turn > 0) break;
      corners.pop();
    }
    corners.push(place);
  }
  const columns = new Map<number, number>();
  const [first] = corners;
  if (first) columns.set(first.row, first.column);
  corners.slice(1).forEach((to, at) => {
    const from = corners[at];
    if (!from) return;
    for (let row = from.row + 1; row <= to.row; row++)
      columns.set(row, from.column + ((to.column - from.column) * (row - from.row)) / (to.row - from.row));
  });
  return columns;
}
