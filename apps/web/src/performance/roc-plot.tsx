import type { FiguresFragment, PerformanceQuery } from '../gql/graphql';
import { decimal, decimalBounds, share } from './in-figures';
import classes from './plot.module.css';
import { toPoints, toX, toY, UnitPlot } from './unit-plot';

export interface RocPlotProps {
  points: NonNullable<PerformanceQuery['modelReport']>['roc'];
  figures: FiguresFragment;
  threshold: number;
}

/** The curve in its 95 % band, with the threshold in use as a dot. */
export function RocPlot({ points, figures, threshold }: RocPlotProps) {
  const { auc, sensitivity, specificity } = figures;
  const upper = points.map(({ x, high }) => ({ x, y: high }));
  const lower = points.map(({ x, low }) => ({ x, y: low })).reverse();
  const label =
    `ROC curve with an area of ${decimal(auc.value)}. At the threshold in use the sensitivity is ` +
    `${share(sensitivity.value)} and the specificity ${share(specificity.value)}.`;
  return (
    <>
      <UnitPlot label={label} across="1 - specificity" up="sensitivity">
        <polygon className={classes.band} points={toPoints([...upper, ...lower])} />
        <polyline className={classes.curve} points={toPoints([{ x: 0, y: 0 }, ...points])} />
        <circle
          className={classes.chosen}
          cx={toX(1 - specificity.value)}
          cy={toY(sensitivity.value)}
          r={5}
        />
      </UnitPlot>
      <p className={classes.caption}>
        Area {decimal(auc.value)} ({decimalBounds(auc)}). The dot is the threshold in use, {threshold}.
      </p>
    </>
  );
}
