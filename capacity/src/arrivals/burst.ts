/** Many at once: an outage that ended, a night's backlog that a broker sends, a migration. */
export interface Burst {
  readonly studies: number;
  /** Seconds from midnight. */
  readonly start: number;
  readonly seconds: number;
}

/** `6000@10:30/10`: 6,000 studies in 10 minutes from half past ten. Throws on anything else. */
export function readBurst(text: string): Burst {
  const [, studies, hour, minute, minutes] = /^(\d+)@(\d\d?):(\d\d)\/([\d.]+)$/.exec(text) ?? [];
  if (!studies || !minutes)
    throw new Error(`a burst reads STUDIES@HH:MM/MINUTES, as in 6000@10:30/10, not ${text}`);
  return {
    studies: Number(studies),
    start: Number(hour) * 3600 + Number(minute) * 60,
    seconds: Number(minutes) * 60,
  };
}
