/** Dates and times of PS3.5, 6.2, to ISO 8601; null for what is none, as impossible days are. */

export function isoDate(value: string | null): string | null {
  // ACR-NEMA wrote dots.
  const [, year, month, day] = /^(\d{4})\.?(\d{2})\.?(\d{2})$/.exec(value ?? '') ?? [];
  if (!year || !month || !day) return null;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  date.setUTCFullYear(Number(year));
  const iso = `${year}-${month}-${day}`;
  return Number(year) > 0 && date.toISOString().startsWith(iso) ? iso : null;
}

/** @returns hours, minutes and seconds; what is not said is zero. */
export function isoTime(value: string | null): string | null {
  const [, hours, minutes = '00', seconds = '00', , fraction = ''] =
    /^(\d{2}):?(?:(\d{2}):?(?:(\d{2})(\.(\d{1,6}))?)?)?$/.exec(value ?? '') ?? [];
  if (!hours) return null;
  const possible = Number(hours) < 24 && Number(minutes) < 60 && Number(seconds) <= 60;
  return possible ? `${hours}:${minutes}:${seconds}${fraction && `.${fraction}`}` : null;
}

/** The date and the time of a date-time, without its zone. */
export function splitDateTime(value: string | null): { date: string | null; time: string | null } {
  const [, date = null, time = null] = /^(\d{8})(\d{2,6}(?:\.\d{1,6})?)?/.exec(value ?? '') ?? [];
  return { date: isoDate(date), time: isoTime(time) };
}
