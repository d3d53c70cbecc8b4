import { useNow } from './now';

/** How long a study has waited, as people say it. */
export function waitingInWords(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  const [hours, days] = [Math.floor(minutes / 60), Math.floor(minutes / 1_440)];
  if (minutes < 1) return 'under 1 min';
  if (hours < 1) return `${minutes} min`;
  if (days < 1) return `${hours} h ${String(minutes % 60).padStart(2, '0')} min`;
  return `${days} d ${hours % 24} h`;
}

/** Goes on by itself. */
export function WaitingTime({ since }: { since: string }) {
  return waitingInWords(useNow() - Date.parse(since));
}
