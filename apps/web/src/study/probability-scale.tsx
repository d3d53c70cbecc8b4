import { percent } from '../findings/probability-bar';
import classes from './probability-scale.module.css';

/** The whole scale from 0 to 1: the threshold parts it, a pointer shows this reading. */
export function ProbabilityScale({ probability, threshold }: { probability: number; threshold: number }) {
  const at = (share: number) => `${share * 100}%`;
  // Near an end the label would leave the card: it is then aligned to that end.
  const side = threshold < 0.2 ? 'start' : threshold > 0.8 ? 'end' : 'middle';
  return (
    <div
      className={classes.scale}
      role="img"
      aria-label={`${percent(probability)} on a scale from 0 to 100 %, the threshold is at ${percent(threshold)}`}
    >
      <div className={classes.track}>
        <div className={classes.below} style={{ width: at(threshold) }} />
        <div className={classes.above} style={{ left: at(threshold) }} />
        <div className={classes.threshold} style={{ left: at(threshold) }} />
        <div
          className={classes.pointer}
          data-suspected={probability >= threshold || undefined}
          style={{ left: at(probability) }}
        />
      </div>
      <div className={classes.labels}>
        <span className={classes.thresholdLabel} data-side={side} style={{ left: at(threshold) }}>
          Threshold {percent(threshold)}
        </span>
      </div>
    </div>
  );
}
