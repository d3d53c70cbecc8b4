import type { StudyDetailFragment } from '../gql/graphql';

export type Image = StudyDetailFragment['images'][number];
export type Reading = NonNullable<Image['reading']>;

export const trainedFor = 'For children from 1 to 5 years.';

/** A reading of pneumonia, about which nothing is to be said beside it. */
export function readingWith(other: Partial<Reading> = {}): Reading {
  return {
    id: 'r1',
    probability: 0.83,
    threshold: 0.4,
    decision: 'PNEUMONIA',
    operatingPoint: null,
    modelId: 'model-1',
    engine: 'onnx',
    createdAt: '2030-03-02T10:00:00Z',
    type: null,
    lungs: null,
    claims: [],
    cautions: [],
    ...other,
  };
}

export function imageWith(other: Partial<Image> = {}): Image {
  return {
    id: 'i1',
    view: 'PA',
    readingState: 'CLASSIFIED',
    readingReason: null,
    explanationState: 'READY',
    explanationReason: null,
    width: 2000,
    height: 1600,
    address: null,
    reading: readingWith(),
    heatmap: null,
    ...other,
  };
}

/** A study of one image of a patient whom the model was made for. */
export function studyWith(other: Partial<StudyDetailFragment> = {}): StudyDetailFragment {
  return {
    id: 's1',
    site: { id: 'n', name: 'North', viewerSeesImages: true },
    patientReference: 'P-1',
    patientAgeMonths: 30,
    accessionNumber: null,
    priority: 'ROUTINE',
    createdAt: '2030-03-02T09:59:00Z',
    updatedAt: '2030-03-02T10:00:00Z',
    submittedBy: { id: 'p', name: 'A technologist' },
    readingState: 'CLASSIFIED',
    readingReason: null,
    explanationState: 'READY',
    reviewState: 'NONE',
    claim: null,
    reviews: [],
    withdrawal: null,
    intendedUse: { withinRange: true, message: trainedFor },
    cautions: [],
    images: [imageWith()],
    viewerCanRetry: false,
    viewerCanWithdraw: false,
    viewerCanReview: false,
    ...other,
  };
}
