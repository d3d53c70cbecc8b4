import type { LeasedDelivery } from '@lucency/client';
import type { ResultToSend, SentReading, SentRefusal, SentReview } from '../results/facts.js';

type Leased = LeasedDelivery['delivery'];
type Image = NonNullable<Leased['image']>;

/** What was fetched for a delivery: the original's header, if that is DICOM, and the heatmap, if that is what is sent. */
export interface Fetched {
  source: Uint8Array | null;
  heatmap: Uint8Array | null;
  /** The whole original, to be drawn. */
  original: (() => Promise<Uint8Array>) | null;
}

/** @throws Error of an echo, which is about no image */
export function resultOf(
  { study, image, review, createdAt }: Leased,
  { source, heatmap, original }: Fetched,
): ResultToSend {
  if (!study || !image) throw new Error('a result is of an image');
  return {
    readingId: image.reading?.id ?? null,
    imageId: image.id,
    study: {
      studyInstanceUid: study.studyInstanceUid,
      accessionNumber: study.accessionNumber,
      patientReference: study.patientReference,
      ageMonths: study.patientAgeMonths,
      siteName: study.site.name,
      timeZone: study.site.timeZone,
    },
    outcome: image.reading ? readingOf(image.reading) : refusalOf(image, createdAt),
    heatmap: heatmap && heatmapOf(image, heatmap),
    review: review && reviewOf(review),
    source,
    ...(original && { original }),
  };
}

function readingOf(reading: NonNullable<Image['reading']>): SentReading {
  return {
    kind: 'read',
    decision: reading.decision,
    probability: reading.probability,
    threshold: reading.threshold,
    purpose: purposeOf(reading.operatingPoint),
    claims: reading.claims,
    cautions: reading.cautions.map(({ code, message }) => ({ code, sentence: message })),
    type: reading.type && {
      says: reading.type.says,
      bacterial: reading.type.bacterial,
      viral: reading.type.viral,
    },
    evidenceInLungs: reading.lungs?.evidenceInside ?? null,
    model: { id: reading.modelId, version: reading.modelId },
    engine: reading.engine,
    readAt: new Date(reading.createdAt),
  };
}

/** The row of the outbox was made in the transaction that recorded the refusal. */
function refusalOf({ readingReason }: Image, createdAt: string): SentRefusal {
  const { code, message } = readingReason ?? { code: 'NOT_READ', message: 'This image was not read.' };
  return { kind: 'not read', reason: { code, sentence: message }, at: new Date(createdAt) };
}

function heatmapOf({ heatmap, reading }: Image, png: Uint8Array): ResultToSend['heatmap'] {
  const { presentation } = heatmap ?? {};
  if (!reading || (presentation !== 'PLAIN' && presentation !== 'CAUTIOUS')) return null;
  return { png, presentation };
}

function reviewOf({ finding, signedAt, signedBy, ...review }: NonNullable<Leased['review']>): SentReview {
  return { ...review, finding, signedAt: new Date(signedAt), signedBy: signedBy.name };
}

const purposes = { SCREENING: 'screening', BALANCED: 'balanced', RULE_IN: 'rule-in' } as const;

function purposeOf(point: NonNullable<Image['reading']>['operatingPoint']): SentReading['purpose'] {
  return point ? purposes[point] : null;
}
