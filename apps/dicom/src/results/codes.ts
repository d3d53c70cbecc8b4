import type { Elements } from './elements.js';

/** A coded concept (PS3.3, 8.8): value, scheme, meaning. */
export type Code = readonly [
  value: string,
  scheme: 'DCM' | 'SCT' | 'UCUM' | 'RFC5646' | 'UMLS' | typeof ours,
  meaning: string,
];

/** For what no standard has a word; described in docs/dicom-conformance.md. Values have 16 characters at most. */
export const ours = '99LUCENCY';

export const codes = {
  measurementReport: ['126000', 'DCM', 'Imaging Measurement Report'],
  language: ['121049', 'DCM', 'Language of Content Item and Descendants'],
  english: ['en', 'RFC5646', 'English'],
  observerType: ['121005', 'DCM', 'Observer Type'],
  device: ['121007', 'DCM', 'Device'],
  person: ['121006', 'DCM', 'Person'],
  deviceUid: ['121012', 'DCM', 'Device Observer UID'],
  deviceName: ['121013', 'DCM', 'Device Observer Name'],
  deviceManufacturer: ['121014', 'DCM', 'Device Observer Manufacturer'],
  deviceModel: ['121015', 'DCM', 'Device Observer Model Name'],
  personName: ['121008', 'DCM', 'Person Observer Name'],
  personOrganization: ['121009', 'DCM', "Person Observer's Organization Name"],
  procedureReported: ['121058', 'DCM', 'Procedure reported'],
  plainRadiography: ['168537006', 'SCT', 'Plain radiography'],
  imageLibrary: ['111028', 'DCM', 'Image Library'],
  imageLibraryGroup: ['126200', 'DCM', 'Image Library Group'],
  imagingMeasurements: ['126010', 'DCM', 'Imaging Measurements'],
  qualitativeEvaluations: ['C0034375', 'UMLS', 'Qualitative Evaluations'],
  measurementGroup: ['125007', 'DCM', 'Measurement Group'],
  trackingId: ['112039', 'DCM', 'Tracking Identifier'],
  trackingUid: ['112040', 'DCM', 'Tracking Unique Identifier'],
  finding: ['121071', 'DCM', 'Finding'],
  findingSite: ['363698007', 'SCT', 'Finding Site'],
  lung: ['39607008', 'SCT', 'Lung'],
  pneumonia: ['233604007', 'SCT', 'Pneumonia'],
  present: ['52101004', 'SCT', 'Present'],
  absent: ['272519000', 'SCT', 'Absent'],
  algorithmName: ['111001', 'DCM', 'Algorithm Name'],
  algorithmVersion: ['111003', 'DCM', 'Algorithm Version'],
  algorithmParameters: ['111002', 'DCM', 'Algorithm Parameters'],
  probability: ['122157', 'DCM', 'Probability'],
  threshold: ['122411', 'DCM', 'Threshold Value'],
  qualityFinding: ['111052', 'DCM', 'Quality Finding'],
  comment: ['121106', 'DCM', 'Comment'],
  conclusion: ['121077', 'DCM', 'Conclusion'],
  sourceImage: ['121322', 'DCM', 'Source image for image processing operation'],
  noUnits: ['1', 'UCUM', 'no units'],
  purpose: ['PURPOSE', ours, 'Purpose of the operating point'],
  claim: ['CLAIM', ours, 'Claim of a conformal set'],
  coverage: ['COVERAGE', ours, 'Coverage of the conformal set'],
  pneumoniaType: ['PNEUMONIA_TYPE', ours, 'Type of pneumonia, a hint'],
  evidenceInLungs: ['EVIDENCE_IN_LUNG', ours, 'Share of the evidence in the lungs'],
  readingState: ['READING', ours, 'Reading by the AI'],
  notRead: ['NOT_READ', ours, 'Not read'],
  opinion: ['OPINION', ours, 'Opinion on the reading by the AI'],
} as const satisfies Record<string, Code>;

export const purposeCodes = {
  screening: ['SCREENING', ours, 'Screening: miss few'],
  balanced: ['BALANCED', ours, 'Balanced: weigh both errors alike'],
  'rule-in': ['RULE_IN', ours, 'Rule-in: be sure before acting'],
} as const satisfies Record<string, Code>;

export const claimCodes = {
  NORMAL: ['NORMAL', ours, 'Normal'],
  PNEUMONIA: codes.pneumonia,
  CANNOT_TELL: ['CANNOT_TELL', ours, 'Cannot tell'],
} as const satisfies Record<string, Code>;

export const typeCodes = {
  BACTERIAL: ['BACTERIAL', ours, 'Looks bacterial'],
  VIRAL: ['VIRAL', ours, 'Looks viral'],
  UNCERTAIN: ['UNCERTAIN', ours, 'Uncertain'],
} as const satisfies Record<string, Code>;

export const opinionCodes = {
  AGREE: ['AGREE', ours, 'Agrees'],
  DISAGREE: ['DISAGREE', ours, 'Disagrees'],
  UNCERTAIN: ['UNCERTAIN', ours, 'Uncertain'],
} as const satisfies Record<string, Code>;

/** The item of a code sequence. */
export function codeItem([value, scheme, meaning]: Code): Elements {
  return { CodeValue: value, CodingSchemeDesignator: scheme, CodeMeaning: meaning };
}
