import { viewInWords } from '../findings/view';
import type { DeliveryContent, DeliveryLineFragment, DestinationKind } from '../gql/graphql';

export const contents: Readonly<Record<DeliveryContent, string>> = {
  RESULT: 'Result',
  HEATMAP: 'Heatmap',
  REVIEW: 'Review',
  ECHO: 'Test',
};

export const kinds: Readonly<Record<DestinationKind, string>> = {
  DICOM: 'DICOM',
  DICOMWEB: 'DICOMweb',
  FHIR: 'FHIR',
};

export interface Standing {
  kind: 'waiting' | 'sending' | 'held' | 'repeated' | 'delivered' | 'failed' | 'cancelled';
  words: string;
  tone: 'good' | 'alarm' | 'caution' | 'quiet';
}

type Delivery = Pick<DeliveryLineFragment, 'content' | 'state' | 'reason' | 'tries'> & {
  destination: { enabled: boolean };
};

/** How a delivery stands, in two words at most. */
export function standingOf({ content, state, reason, tries, destination }: Delivery): Standing {
  switch (state) {
    case 'DELIVERED':
      return { kind: 'delivered', words: content === 'ECHO' ? 'Answered' : 'Delivered', tone: 'good' };
    case 'FAILED':
      return { kind: 'failed', words: 'Failed', tone: 'alarm' };
    case 'CANCELLED':
      return { kind: 'cancelled', words: 'Not sent', tone: 'quiet' };
    case 'PENDING':
      if (!destination.enabled) return { kind: 'held', words: 'On hold', tone: 'quiet' };
      if (reason) return { kind: 'repeated', words: 'Trying again', tone: 'caution' };
      // A delivery is counted as tried once the sending service takes it.
      return tries > 0
        ? { kind: 'sending', words: 'Being sent', tone: 'quiet' }
        : { kind: 'waiting', words: 'Waiting', tone: 'quiet' };
  }
}

/** Why it has not arrived, where there is more to say than its state does. */
export function whyOf({ state, reason, destination }: Delivery): string | null {
  if (state === 'CANCELLED') return 'The study was withdrawn before this was sent.';
  if (state === 'PENDING' && !destination.enabled) return 'The destination is switched off.';
  return reason?.message ?? null;
}

/** What was sent; of a study of several images, of which of them. */
export function contentInWords({ content, image }: Pick<DeliveryLineFragment, 'content' | 'image'>): string {
  const view = image && image.view !== 'UNKNOWN' && content !== 'REVIEW' ? viewInWords[image.view] : null;
  return view ? `${contents[content]}, ${view}` : contents[content];
}

/** Of two moments, as in "40 s", "5 min", "3 h" and "2 days". */
export function durationInWords(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}

/** When a delivery is due; nothing of one that is not to be tried again by itself. */
export function nextTryInWords(
  {
    state,
    nextTryAt,
    destination,
  }: Pick<DeliveryLineFragment, 'state' | 'nextTryAt'> & Pick<Delivery, 'destination'>,
  now: number,
): string | null {
  if (state !== 'PENDING' || !nextTryAt || !destination.enabled) return null;
  const ms = Date.parse(nextTryAt) - now;
  return ms < 1_000 ? 'now' : `in ${durationInWords(ms)}`;
}
