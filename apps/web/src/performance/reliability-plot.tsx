import type { FiguresFragment, PerformanceQuery } from '../gql/graphql';
import { decimal, share } from './in-figures';
import classes from './plot.module.css';
import { toX, toY, UnitPlot } from './unit-plot';

export interface ReliabilityPlotProps {
  bins: NonNullable<PerformanceQuery['modelReport']>['reliability'];
  figures: FiguresFragment;
}

/** What was said against what was true, bin by bin; on the dashed line probabilities come true. */
export function ReliabilityPlot({ bins, figures }: ReliabilityPlotProps) {
  const error = decimal(figures.ece.value);
  return (
    <>
      <UnitPlot
        label={`Reliability diagram with a calibration error of ${error}.`}
        across="probability said"
        up="share with pneumonia"
      >
        {bins.map(({ from, to, count, said, was }) => (
          <g key={from}>
            <rect
              className={classes.bar}
              x={toX(from)}
              y={toY(was.value)}
              width={toX(to) - toX(from)}
              height={toY(0) - toY(was.value)}
            />
            <line
              className={classes.whisker}
              x1={toX(said)}
              x2={toX(said)}
              y1={toY(was.low)}
              y2={toY(was.high)}
            />
            <circle className={classes.mark} cx={toX(said)} cy={toY(was.value)} r={4} />
            <text className={classes.tick} x={toX((from + to) / 2)} y={toY(1) - 4} textAnchor="middle">
              {count}
            </text>
          </g>
        ))}
      </UnitPlot>
      <p className={classes.caption}>
        Calibration error {error} where {share(figures.prior)} have pneumonia. The numbers on top count
        images; lines are 95 % intervals.
      </p>
    </>
  );
}
