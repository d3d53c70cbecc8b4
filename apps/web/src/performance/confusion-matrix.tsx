import classes from './confusion-matrix.module.css';
import { share } from './in-figures';

export interface Confusion {
  tp: number;
  fp: number;
  tn: number;
  fn: number;
}

/** Truth down, answer across; shares are of the truth in that row. */
export function ConfusionMatrix({ tp, fp, tn, fn }: Confusion) {
  return (
    <table className={classes.matrix}>
      <thead>
        <tr>
          <td />
          <th scope="col">answered normal</th>
          <th scope="col">answered pneumonia</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">normal</th>
          <Cell count={tn} of={tn + fp} what="left alone" />
          <Cell count={fp} of={tn + fp} what="false alarm" wrong />
        </tr>
        <tr>
          <th scope="row">pneumonia</th>
          <Cell count={fn} of={tp + fn} what="missed" wrong />
          <Cell count={tp} of={tp + fn} what="found" />
        </tr>
      </tbody>
    </table>
  );
}

function Cell({ count, of, what, wrong }: { count: number; of: number; what: string; wrong?: boolean }) {
  return (
    <td className={classes.cell} data-wrong={wrong || undefined}>
      <span className={classes.count}>{count}</span>
      <span>
        {share(of > 0 ? count / of : 0)}, {what}
      </span>
    </td>
  );
}
