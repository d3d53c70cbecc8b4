import type { AuditAction } from '../gql/graphql';

/** What happened, as a sentence without its subject goes on. */
export const actionWords: Record<AuditAction, string> = {
  STUDY_SUBMITTED: 'Submitted a study',
  IMAGES_ADDED: 'Added images',
  STUDY_RETRIED: 'Retried a study',
  STUDY_WITHDRAWN: 'Withdrew a study',
  STUDY_READ: 'Read an image',
  STUDY_REFUSED: 'Refused an image',
  STUDY_FAILED: 'Could not process an image',
  HEATMAP_SHOWN: 'Released a heatmap',
  HEATMAP_WITHHELD: 'Withheld a heatmap',
  STUDY_CLAIMED: 'Took a study to read',
  STUDY_RELEASED: 'Let go of a study',
  REVIEW_SIGNED: 'Signed a review',
  IMAGE_VIEWED: 'Viewed an image',
  ORIGINAL_FETCHED: 'Fetched an original file',
  HEATMAP_VIEWED: 'Viewed a heatmap',
  DESTINATION_CREATED: 'Added a destination',
  DESTINATION_CHANGED: 'Changed a destination',
  DESTINATION_TESTED: 'Tested a destination',
  DELIVERY_RETRIED: 'Sent a delivery again',
  DELIVERED: 'Delivered',
  DELIVERY_FAILED: 'Gave up a delivery',
  AUDIT_EXPORTED: 'Exported the audit trail',
};

/** An entry that a newer version wrote. */
export const unknownAction = 'Something this version has no word for';

interface Actor {
  person: { name: string } | null;
  part: string | null;
}

/** The service itself, where no person did it. */
export function whoOf({ person, part }: Actor): string {
  return person?.name ?? (part ? `Lucency (${part})` : 'Lucency');
}

/** What of the details a person can read: neither ids nor what the sentence says already. */
export function detailWords(details: readonly { name: string; value: string }[]): string {
  const readable = details.filter(
    ({ name, value }) => !['image', 'destination'].includes(name) && value !== '',
  );
  return readable.map(({ name, value }) => `${name}: ${value}`).join(', ');
}
