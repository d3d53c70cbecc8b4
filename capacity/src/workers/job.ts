import type { Priority } from '@lucency/contracts';

/** One examination on its way; times in seconds. */
export interface Study {
  readonly priority: Priority;
  readonly arrivedAt: number;
  /** When a pod first took its classify job up. */
  takenAt: number;
  readAt: number;
  drawnAt: number;
}

export interface Job {
  readonly study: Study;
  /** 2 and above when a pod died over it. */
  deliveries: number;
}
