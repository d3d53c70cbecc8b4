import type { ReadingServiceQuery } from '../gql/graphql';

/** What a reader should know of how the AI keeps up; nothing while it does. */
export function keepingUp({
  state,
  oldestWaitingSeconds,
}: Pick<ReadingServiceQuery['readingService'], 'state' | 'oldestWaitingSeconds'>): string | null {
  switch (state) {
    case 'ON_TIME':
      return null;
    case 'BEHIND':
      return `The AI is behind: studies wait ${inWords(oldestWaitingSeconds)}. Urgent ones are read first.`;
    case 'AWAY':
      return 'The AI is not answering at the moment. Studies are kept and read once it is back; read urgent ones without it.';
  }
}

function inWords(seconds: number): string {
  if (seconds < 90) return `about ${Math.round(seconds / 10) * 10} seconds`;
  return `about ${Math.round(seconds / 60)} minutes`;
}
