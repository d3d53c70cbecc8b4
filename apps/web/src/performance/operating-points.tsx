import { purposes } from '../findings/purpose';
import type { PerformanceQuery } from '../gql/graphql';
import { share, shareBounds } from './in-figures';
import classes from './operating-points.module.css';

type Point = NonNullable<PerformanceQuery['modelReport']>['operatingPoints'][number];

/** Thresholds with what they give on the worst set, and the rule by which each was chosen. */
export function OperatingPoints({ points, inUse }: { points: readonly Point[]; inUse: number }) {
  if (points.length === 0)
    return <p className={classes.rule}>The model has one threshold, {inUse}, for every purpose.</p>;
  return (
    <ul className={classes.points}>
      {points.map((point) => (
        <li key={point.purpose} className={classes.point}>
          <h3 className={classes.purpose}>
            {purposes[point.purpose]}
            {point.threshold === inUse && <span className={classes.inUse}>in use</span>}
          </h3>
          <dl className={classes.facts}>
            <dt>Threshold</dt>
            <dd>{point.threshold}</dd>
            <dt>Sensitivity</dt>
            <dd>
              {share(point.sensitivity.value)} <small>{shareBounds(point.sensitivity)}</small>
            </dd>
            <dt>Specificity</dt>
            <dd>
              {share(point.specificity.value)} <small>{shareBounds(point.specificity)}</small>
            </dd>
            <dt>On the worst set</dt>
            <dd>{point.worstSet}</dd>
          </dl>
          <p className={classes.rule}>Asked for: {point.rule}.</p>
          {point.shortfall > 0 && (
            <p className={classes.short}>
              Not reached: {share(point.shortfall)} short; the nearest is shown.
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
