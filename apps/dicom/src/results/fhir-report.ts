import type { InstanceContext } from '@lucency/dicom';
import { codes, purposeCodes } from './codes.js';
import { contextOf } from './common-elements.js';
import { dateOf, type ResultToSend, type SentReading } from './facts.js';
import {
  byIdentifier,
  concept,
  type DerivedResource,
  derivedResource,
  type Fhir,
  type FhirObject,
  narrative,
  ownConcept,
  ratio,
} from './fhir-elements.js';
import { notForDiagnosis } from './wording.js';

/** Of a report (FHIR R4): by a program alone, signed, and signed again. */
type Status = 'preliminary' | 'final' | 'amended';

export interface FhirReport {
  /** A transaction that makes or updates each resource by its identifier, so that repeating it doubles nothing. */
  bundle: FhirObject;
  /** Of the DiagnosticReport, as `system|value`. */
  identifier: string;
  /** When this state of the report was issued, ISO 8601. */
  issued: string;
}

/** The result as a DiagnosticReport with its Observations, about a patient and a study that are named and not made. */
export function fhirReport(result: ResultToSend): FhirReport {
  const context = contextOf(result);
  const observations = observationsOf(result, context);
  const report = reportOf(result, context, observations);
  return {
    bundle: {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [...observations, report].map(({ fullUrl, query, resource }) => ({
        fullUrl,
        resource,
        request: {
          method: 'PUT',
          url: `${String(resource.resourceType)}?identifier=${encodeURIComponent(query)}`,
        },
      })),
    },
    identifier: report.query,
    issued: dateOf(result).toISOString(),
  };
}

type ObservationKind = 'probability' | 'finding' | 'quality' | 'review';

const opinionInWords = {
  AGREE: 'Agrees with the AI.',
  DISAGREE: 'Disagrees with the AI.',
  UNCERTAIN: 'Uncertain about the answer of the AI.',
} as const;

/**
 * A program's report is preliminary until a person signs; that makes it final, and each addendum amends it. Observations of
 * the program become final only by a review that agrees: one that does not leaves them what they were, a program's.
 */
function statusOf({ review }: ResultToSend): Status {
  if (!review) return 'preliminary';
  return review.number === 1 ? 'final' : 'amended';
}

function observationStatus(result: ResultToSend, kind: ObservationKind): Status {
  if (kind === 'review') return statusOf(result);
  return result.review?.opinion === 'AGREE' ? 'final' : 'preliminary';
}

function reportOf(
  result: ResultToSend,
  context: InstanceContext | null,
  observations: readonly DerivedResource[],
): DerivedResource {
  const { review, outcome, study } = result;
  const conclusion = conclusionOf(result);
  const found = review
    ? review.finding.snomed && concept([review.finding.snomed, 'SCT', review.finding.name])
    : outcome.kind === 'read' && outcome.decision === 'PNEUMONIA' && concept(codes.pneumonia);
  return derivedResource('diagnostic-report', of(result), {
    resourceType: 'DiagnosticReport',
    text: narrative(conclusion),
    ...request(result, context),
    status: statusOf(result),
    category: [
      {
        coding: [
          { system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'RAD', display: 'Radiology' },
        ],
      },
    ],
    code: {
      coding: [{ system: 'http://loinc.org', code: '30745-4' }],
      text: 'Chest X-ray',
    },
    ...about(result, context),
    issued: dateOf(result).toISOString(),
    performer: [{ type: 'Organization', display: study.siteName }],
    ...(review && { resultsInterpreter: [{ type: 'Practitioner', display: review.signedBy }] }),
    result: observations.map(({ fullUrl }) => ({ reference: fullUrl })),
    ...(studyReference(result, context) && { imagingStudy: [studyReference(result, context) ?? {}] }),
    conclusion,
    ...(found && { conclusionCode: [found] }),
  });
}

function conclusionOf({ review, outcome }: ResultToSend): string {
  if (review)
    return `${review.finding.name}. ${opinionInWords[review.opinion]}${review.comment && ` ${review.comment}`} Signed by ${review.signedBy}.`;
  if (outcome.kind === 'not read') return `Not read by the AI. ${outcome.reason.sentence}`;
  const { decision, probability, threshold, purpose } = outcome;
  const point = `threshold ${threshold.toFixed(2)}${purpose ? `, ${purpose}` : ''}`;
  return `Answer of the AI: ${decision.toLowerCase()}, probability ${probability.toFixed(2)} (${point}). ${notForDiagnosis}`;
}

function observationsOf(result: ResultToSend, context: InstanceContext | null): DerivedResource[] {
  const { outcome, review } = result;
  const all =
    outcome.kind === 'read' ? readingObservations(result, outcome, context) : [unread(result, context)];
  if (!review) return all;
  return [
    ...all,
    observation(result, context, 'review', {
      code: concept(codes.finding, 'Finding of the signed review'),
      effectiveDateTime: review.signedAt.toISOString(),
      performer: [{ type: 'Practitioner', display: review.signedBy }],
      valueCodeableConcept: review.finding.snomed
        ? concept([review.finding.snomed, 'SCT', review.finding.name])
        : ownConcept([review.finding.code], review.finding.name),
      ...(review.comment && { note: [{ text: review.comment }] }),
      component: [{ code: concept(codes.opinion), valueCodeableConcept: ownConcept([review.opinion]) }],
    }),
  ];
}

function readingObservations(
  result: ResultToSend,
  reading: SentReading,
  context: InstanceContext | null,
): DerivedResource[] {
  const { decision, threshold, purpose, claims, cautions, type, evidenceInLungs } = reading;
  const by = device(reading);
  const isPresent = decision === 'PNEUMONIA';
  return [
    observation(result, context, 'probability', {
      ...by,
      code: concept(codes.probability, 'Probability of pneumonia'),
      valueQuantity: ratio(reading.probability),
      component: [
        { code: concept(codes.threshold), valueQuantity: ratio(threshold) },
        ...(purpose
          ? [{ code: concept(codes.purpose), valueCodeableConcept: concept(purposeCodes[purpose]) }]
          : []),
      ],
    }),
    observation(result, context, 'finding', {
      ...by,
      code: concept(codes.pneumonia),
      bodySite: concept(codes.lung),
      valueCodeableConcept: concept(isPresent ? codes.present : codes.absent),
      component: [
        ...claims.map(({ coverage, says }) => ({
          code: concept(codes.claim, `Claim of a conformal set of coverage ${coverage}`),
          valueCodeableConcept: ownConcept([says]),
        })),
        ...(type
          ? [{ code: concept(codes.pneumoniaType), valueCodeableConcept: ownConcept([type.says]) }]
          : []),
      ],
    }),
    observation(result, context, 'quality', {
      ...by,
      code: concept(codes.qualityFinding),
      ...(cautions.length > 0
        ? {
            valueCodeableConcept: ownConcept(
              cautions.map(({ code }) => code),
              cautions.map(({ sentence }) => sentence).join(' '),
            ),
          }
        : { valueString: 'No caution.' }),
      ...(evidenceInLungs !== null && {
        component: [{ code: concept(codes.evidenceInLungs), valueQuantity: ratio(evidenceInLungs) }],
      }),
    }),
  ];
}

/** Nothing was observed, and why. */
function unread(result: ResultToSend, context: InstanceContext | null): DerivedResource {
  const reason = result.outcome.kind === 'not read' ? result.outcome.reason : { code: '', sentence: '' };
  return observation(result, context, 'finding', {
    status: 'cancelled',
    code: concept(codes.pneumonia),
    dataAbsentReason: {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason',
          code: 'not-performed',
          display: 'Not Performed',
        },
      ],
      text: `${reason.code}: ${reason.sentence}`,
    },
  });
}

function observation(
  result: ResultToSend,
  context: InstanceContext | null,
  kind: ObservationKind,
  { component, ...content }: FhirObject & { component?: Fhir[] },
): DerivedResource {
  const study = studyReference(result, context);
  return derivedResource(kind, of(result), {
    resourceType: 'Observation',
    status: observationStatus(result, kind),
    category: [
      {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/observation-category',
            code: 'imaging',
            display: 'Imaging',
          },
        ],
      },
    ],
    ...about(result, context),
    issued: dateOf(kind === 'review' ? result : { ...result, review: null }).toISOString(),
    ...(study && { derivedFrom: [study] }),
    ...content,
    // An empty list is none in FHIR.
    ...(component && component.length > 0 && { component }),
  });
}

function of({ readingId, imageId }: ResultToSend): string {
  return readingId ?? imageId;
}

/** The patient by the reference that the site uses, and when the X-ray was taken. */
function about({ study }: ResultToSend, context: InstanceContext | null): FhirObject {
  const day = context?.studyDate?.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
  const issuer = context?.issuerOfPatientId;
  return {
    subject: {
      type: 'Patient',
      identifier: {
        value: context?.patientId ?? study.patientReference,
        ...(issuer && { assigner: { display: issuer } }),
      },
    },
    ...(day && { effectiveDateTime: day }),
  };
}

/** The order, by its accession number. */
function request({ study }: ResultToSend, context: InstanceContext | null): FhirObject {
  const accession = context?.accessionNumber ?? study.accessionNumber;
  if (!accession) return {};
  const type = {
    coding: [
      { system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'ACSN', display: 'Accession ID' },
    ],
  };
  return { basedOn: [{ type: 'ServiceRequest', identifier: { type, value: accession } }] };
}

function studyReference({ study }: ResultToSend, context: InstanceContext | null): FhirObject | null {
  const uid = context?.studyInstanceUid ?? study.studyInstanceUid;
  return uid ? byIdentifier('ImagingStudy', 'urn:dicom:uid', `urn:oid:${uid}`) : null;
}

/** The model as a device that only this observation knows: no server must keep one for each version. */
function device({ model, engine }: SentReading): FhirObject {
  return {
    contained: [
      {
        resourceType: 'Device',
        id: 'model',
        manufacturer: 'Lucency',
        deviceName: [{ name: model.id, type: 'model-name' }],
        version: [{ value: model.version }],
      },
    ],
    device: { reference: '#model' },
    method: { text: `Deep learning, engine ${engine}` },
  };
}
