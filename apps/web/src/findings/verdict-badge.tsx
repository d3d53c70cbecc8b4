import {
  IconAlertTriangle,
  IconArchive,
  IconBan,
  IconCheck,
  IconClock,
  IconEyeOff,
  IconLoader,
  IconTargetArrow,
} from '@tabler/icons-react';
import type { Verdict } from './verdict';
import classes from './verdict-badge.module.css';

const icons = {
  received: IconClock,
  queued: IconLoader,
  suspected: IconTargetArrow,
  clear: IconCheck,
  refused: IconBan,
  failed: IconAlertTriangle,
  withdrawn: IconArchive,
  unreliable: IconAlertTriangle,
  unread: IconEyeOff,
} satisfies Record<Verdict['kind'], unknown>;

/** How a study stands, in words, with an icon; the colour only repeats it. */
export function VerdictBadge({ verdict, size = 'sm' }: { verdict: Verdict; size?: 'sm' | 'lg' }) {
  const Icon = icons[verdict.kind];
  return (
    <span className={classes.badge} data-tone={verdict.tone} data-size={size}>
      <Icon
        aria-hidden
        size={size === 'lg' ? 17 : 14}
        stroke={2}
        className={verdict.kind === 'queued' ? classes.turning : undefined}
      />
      {verdict.words}
    </span>
  );
}
