import {
  IconAlertTriangle,
  IconBan,
  IconCheck,
  IconClock,
  IconPlayerPause,
  IconRefresh,
  IconSend,
} from '@tabler/icons-react';
import classes from './delivery-badge.module.css';
import type { Standing } from './words';

const icons = {
  waiting: IconClock,
  sending: IconSend,
  held: IconPlayerPause,
  repeated: IconRefresh,
  delivered: IconCheck,
  failed: IconAlertTriangle,
  cancelled: IconBan,
} satisfies Record<Standing['kind'], unknown>;

/** How a delivery stands, in words, with an icon; the colour only repeats it. */
export function DeliveryBadge({ standing }: { standing: Standing }) {
  const Icon = icons[standing.kind];
  return (
    <span className={classes.badge} data-tone={standing.tone}>
      <Icon aria-hidden size={14} stroke={2} />
      {standing.words}
    </span>
  );
}
