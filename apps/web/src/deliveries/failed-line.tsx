import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import classes from './failed-line.module.css';
import type { FailedCount } from './use-deliveries';

export interface FailedLineProps {
  failed: FailedCount | undefined;
  areShown: boolean;
  onShow(): void;
  onShowAll(): void;
}

/** What people come for: whether anything was given up. Its place is kept while that is not known. */
export function FailedLine({ failed, areShown, onShow, onShowAll }: FailedLineProps) {
  const some = failed !== undefined && failed.count > 0;
  return (
    <div className={classes.line} data-some={some || undefined} role="status">
      {some && (
        <>
          <IconAlertTriangle size={18} stroke={2} aria-hidden className={classes.icon} />
          <span className={classes.words}>{failedInWords(failed)}</span>
          {areShown ? (
            <Button size="compact-sm" variant="default" onClick={onShowAll}>
              Show all
            </Button>
          ) : (
            <Button size="compact-sm" variant="default" onClick={onShow}>
              Show failed
            </Button>
          )}
        </>
      )}
      {failed?.count === 0 && (
        <>
          <IconCheck size={18} stroke={2} aria-hidden className={classes.icon} />
          <span className={classes.words}>Nothing failed</span>
        </>
      )}
    </div>
  );
}

function failedInWords({ count, hasMore }: FailedCount): string {
  if (hasMore) return `${count} or more deliveries failed`;
  return count === 1 ? '1 delivery failed' : `${count} deliveries failed`;
}
