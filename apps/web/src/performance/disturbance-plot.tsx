import type { FiguresFragment } from '../gql/graphql';
import classes from './disturbance-plot.module.css';
import { decimal } from './in-figures';

const columns = [
  { key: 'auc', title: 'AUC' },
  { key: 'sensitivity', title: 'Sensitivity' },
  { key: 'specificity', title: 'Specificity' },
] as const;

/** For each set and figure a dot on a line from a common low end to 1, with its interval, and the number. */
export function DisturbancePlot({ sets }: { sets: readonly FiguresFragment[] }) {
  if (sets.length === 0)
    return <p className={classes.none}>Not measured: the report of this model has plain images only.</p>;
  const from = lowEnd(sets);
  return (
    <>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Images</th>
            {columns.map(({ key, title }) => (
              <th key={key} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sets.map((set) => (
            <tr key={set.name}>
              <th scope="row">{set.name}</th>
              {columns.map(({ key }) => (
                <td key={key}>
                  <Dot {...set[key]} from={from} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className={`${classes.none} ${classes.scale}`}>
        Lines run from {from} to 1; the bars are 95 % intervals over patients.
      </p>
    </>
  );
}

function Dot({ value, low, high, from }: { value: number; low: number; high: number; from: number }) {
  const place = (figure: number) => `${(100 * Math.max(0, figure - from)) / (1 - from)}%`;
  const width = `${(100 * (high - Math.max(low, from))) / (1 - from)}%`;
  return (
    <span className={classes.figure} title={`${decimal(low)} to ${decimal(high)}`}>
      <span className={classes.line} aria-hidden>
        <span className={classes.interval} style={{ left: place(low), width }} />
        <span className={classes.dot} style={{ left: place(value) }} />
      </span>
      {decimal(value)}
    </span>
  );
}

/** A tenth at or below the lowest interval, so that differences near 1 can be seen. */
function lowEnd(sets: readonly FiguresFragment[]): number {
  const lowest = Math.min(0.9, ...sets.flatMap((set) => columns.map(({ key }) => set[key].low)));
  return Math.floor(lowest * 10) / 10;
}
