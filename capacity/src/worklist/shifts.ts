/** When a reader is there each day, in seconds from midnight; the end may lie after midnight. */
export interface Shift {
  readonly start: number;
  readonly end: number;
}

/** `08:00-17:00`; one that ends before it begins goes over midnight. @throws on anything else */
export function readShift(text: string): Shift {
  const [, ...parts] = /^(\d\d?):(\d\d)-(\d\d?):(\d\d)$/.exec(text) ?? [];
  const [startHour, startMinute, endHour, endMinute] = parts.map(Number);
  const start = secondsAt(startHour, startMinute);
  const end = secondsAt(endHour, endMinute);
  if (start === null || end === null || start === end)
    throw new Error(`a shift reads HH:MM-HH:MM, as in 08:00-17:00, not ${text}`);
  return { start, end: end > start ? end : end + day };
}

export const day = 86_400;

function secondsAt(hour: number | undefined, minute: number | undefined): number | null {
  if (hour === undefined || minute === undefined || hour > 24 || minute > 59) return null;
  return hour * 3600 + minute * 60;
}

/** Whether the reader begins studies at this time. */
export function isThere({ start, end }: Shift, time: number): boolean {
  const since = (((time - start) % day) + day) % day;
  return since < end - start;
}

/** When the reader comes next, at this time or later. */
export function nextStart({ start }: Shift, time: number): number {
  return time + ((((start - time) % day) + day) % day);
}
