import classes from './probability-bar.module.css';

export interface ProbabilityBarProps {
  probability: number;
  threshold: number;
  /** False for a patient outside what the model was made for. */
  isReliable: boolean;
}

/** A probability as a number and a bar with a mark at the threshold. */
export function ProbabilityBar({ probability, threshold, isReliable }: ProbabilityBarProps) {
  const suspected = probability >= threshold;
  return (
    <span className={classes.bar}>
      <span className={classes.number}>{percent(probability)}</span>
      <span className={classes.track} aria-hidden>
        <span
          className={classes.fill}
          data-suspected={suspected || undefined}
          data-unreliable={!isReliable || undefined}
          style={{ width: `${probability * 100}%` }}
        />
        <span className={classes.mark} style={{ left: `${threshold * 100}%` }} />
      </span>
    </span>
  );
}

/** Whole percent, but never "0 %" or "100 %": the model is never that sure. */
export function percent(probability: number): string {
  const whole = Math.round(probability * 100);
  if (whole <= 0) return '< 1 %';
  if (whole >= 100) return '> 99 %';
  return `${whole} %`;
}
