import type { FiguresFragment, PerformanceQuery } from '../gql/graphql';
import { decimal, share } from './in-figures';
import classes from './plot.module.css';
import { toX, toY, UnitPlot } from './unit-plot';

export interface ReliabilityPlotProps {
  bins: NonNullable<PerformanceQuery['modelReport']>['reliability'];
  figures: FiguresFragment;
}

/** Mean probability against the observed rate, bin by bin; on the dashed line they are equal. */
export function ReliabilityPlot({ bins, figures }: ReliabilityPlotProps) {
  const error = decimal(figures.ece.value);
  return (
    <>
      <UnitPlot
        label={`Reliability diagram with a calibration error of ${error}.`}
        across="mean probability"
        up="observed share with pneumonia"
      >
        {bins.map(({ from, to, count, meanProbability, observedRate }) => (
          <g key={from}>
            <rect
              className={classes.bar}
              x={toX(from)}
              y={toY(observedRate.value)}
              width={toX(to) - toX(from)}
              height={toY(0) - toY(observedRate.value)}
            />
            <line
              className={classes.whisker}
              x1={toX(meanProbability)}
              x2={toX(meanProbability)}
              y1={toY(observedRate.low)}
              y2={toY(observedRate.high)}
            />
            <circle className={classes.mark} cx={toX(meanProbability)} cy={toY(observedRate.value)} r={4} />
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
