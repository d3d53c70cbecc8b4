import type { InstanceContext } from '@lucency/dicom';
import { type Code, claimCodes, codes, opinionCodes, ours, purposeCodes, typeCodes } from './codes.js';
import { commonElements, localDateTime } from './common-elements.js';
import { code, container, image, personName, referenceTo, share, text, uid } from './content-items.js';
import { type DerivedObject, encodeObject } from './derived-object.js';
import type { Elements } from './elements.js';
import type { InstanceReference, ResultToSend, SentReading, SentReview } from './facts.js';
import { derivedUid } from './uids.js';
import { notForDiagnosis } from './wording.js';

/** Comprehensive 3D SR Storage, as IHE AI Results has it. */
export const structuredReportClass = '1.2.840.10008.5.1.4.1.1.88.34';

/**
 * The result as a structured report by TID 1500 (PS3.16): what a model measured and found, or why it did not, or what a
 * person signed. A review's report names the one that it takes the place of.
 */
export function structuredReport(result: ResultToSend, context: InstanceContext): DerivedObject {
  const { review } = result;
  const reference = reportReference(result, context, review?.number ?? 0);
  const { studyInstanceUid } = context;
  return encodeObject(
    { ...reference, studyInstanceUid },
    {
      ...commonElements(result, context),
      Modality: 'SR',
      SeriesInstanceUID: reference.seriesInstanceUid,
      SeriesNumber: '9101',
      SeriesDescription: review ? 'Lucency: signed review' : 'Lucency: result of the AI',
      ReferencedPerformedProcedureStepSequence: [],
      PerformedProcedureCodeSequence: [],
      InstanceNumber: String(1 + (review?.number ?? 0)),
      CompletionFlag: 'COMPLETE',
      // A result of a program stays preliminary until a person signs.
      PreliminaryFlag: review ? 'FINAL' : 'PRELIMINARY',
      ...(review ? verification(review, result, context) : { VerificationFlag: 'UNVERIFIED' }),
      ...(review && { PredecessorDocumentsSequence: [predecessorOf(result, review, context)] }),
      CurrentRequestedProcedureEvidenceSequence: [evidence(studyInstanceUid, context)],
      ...reportTree(result, context),
    },
  );
}

/** The report of a reading, or of what was not read, is number 0; that of a review has the review's number. */
function reportReference(result: ResultToSend, context: InstanceContext, number: number): InstanceReference {
  const { readingId, imageId } = result;
  return {
    sopClassUid: structuredReportClass,
    sopInstanceUid: derivedUid('structured-report', readingId ?? imageId, number),
    // Two patients can share a study's UID, and must not share a series.
    seriesInstanceUid: derivedUid(
      'structured-report-series',
      context.studyInstanceUid,
      context.patientId ?? '',
    ),
  };
}

function predecessorOf(result: ResultToSend, review: SentReview, context: InstanceContext): Elements {
  const predecessor = result.predecessor ?? reportReference(result, context, review.number - 1);
  return evidence(context.studyInstanceUid, predecessor);
}

function evidence(studyInstanceUid: string, instance: InstanceReference): Elements {
  return {
    StudyInstanceUID: studyInstanceUid,
    ReferencedSeriesSequence: [
      { SeriesInstanceUID: instance.seriesInstanceUid, ReferencedSOPSequence: [referenceTo(instance)] },
    ],
  };
}

function verification(review: SentReview, result: ResultToSend, context: InstanceContext): Elements {
  const { date, time } = localDateTime(review.signedAt, context.timezoneOffset ?? result.study.timeZone);
  return {
    VerificationFlag: 'VERIFIED',
    VerifyingObserverSequence: [
      {
        VerifyingObserverName: asPersonName(review.signedBy),
        VerifyingOrganization: result.study.siteName.slice(0, 64),
        VerificationDateTime: `${date}${time}`,
        VerifyingObserverIdentificationCodeSequence: [],
      },
    ],
  };
}

function reportTree(result: ResultToSend, context: InstanceContext): Elements {
  const { outcome, review } = result;
  const said = review
    ? [reviewed(review)]
    : outcome.kind === 'read'
      ? [measured(result, outcome), evaluated(outcome)]
      : [
          container(codes.qualitativeEvaluations, [
            code(codes.readingState, codes.notRead),
            ...text(codes.comment, `${outcome.reason.code}: ${outcome.reason.sentence}`),
            ...text(codes.comment, notForDiagnosis),
          ]),
        ];
  const { RelationshipType: _, ...root } = container(
    codes.measurementReport,
    [
      code(codes.language, codes.english, 'HAS CONCEPT MOD'),
      ...observer(result),
      code(codes.procedureReported, codes.plainRadiography, 'HAS CONCEPT MOD'),
      container(codes.imageLibrary, [container(codes.imageLibraryGroup, [image(context)])]),
      ...said,
    ],
    '1500',
  );
  return root;
}

/** TID 1002: who says this. */
function observer({ outcome, review, study }: ResultToSend): Elements[] {
  if (review) {
    return [
      code(codes.observerType, codes.person, 'HAS OBS CONTEXT'),
      personName(codes.personName, asPersonName(review.signedBy), 'HAS OBS CONTEXT'),
      ...text(codes.personOrganization, study.siteName, 'HAS OBS CONTEXT'),
    ];
  }
  const model = outcome.kind === 'read' ? outcome.model.id : 'Lucency';
  return [
    code(codes.observerType, codes.device, 'HAS OBS CONTEXT'),
    uid(codes.deviceUid, derivedUid('device', model), 'HAS OBS CONTEXT'),
    ...text(codes.deviceName, 'Lucency', 'HAS OBS CONTEXT'),
    ...text(codes.deviceManufacturer, 'Lucency', 'HAS OBS CONTEXT'),
    ...text(codes.deviceModel, model, 'HAS OBS CONTEXT'),
  ];
}

/** TID 1501, with the algorithm by TID 4019. */
function measured({ readingId, imageId }: ResultToSend, reading: SentReading): Elements {
  const { decision, purpose, model, engine, claims, type, evidenceInLungs } = reading;
  return container(codes.imagingMeasurements, [
    container(
      codes.measurementGroup,
      [
        ...text(codes.trackingId, `Lucency ${readingId ?? imageId}`, 'HAS OBS CONTEXT'),
        uid(codes.trackingUid, derivedUid('tracking', readingId ?? imageId), 'HAS OBS CONTEXT'),
        code(codes.finding, codes.pneumonia),
        code(codes.findingSite, codes.lung, 'HAS CONCEPT MOD'),
        ...text(codes.algorithmName, model.id, 'HAS CONCEPT MOD'),
        ...text(codes.algorithmVersion, model.version, 'HAS CONCEPT MOD'),
        ...text(codes.algorithmParameters, `engine ${engine}`, 'HAS CONCEPT MOD'),
        share(codes.probability, reading.probability),
        share(codes.threshold, reading.threshold),
        ...(evidenceInLungs === null ? [] : [share(codes.evidenceInLungs, evidenceInLungs)]),
        code(codes.pneumonia, decision === 'PNEUMONIA' ? codes.present : codes.absent),
        ...(purpose ? [code(codes.purpose, purposeCodes[purpose])] : []),
        ...claims.map(({ says, coverage }) =>
          code(codes.claim, claimCodes[says], 'CONTAINS', [
            share(codes.coverage, coverage, 'HAS PROPERTIES'),
          ]),
        ),
        ...(type ? [code(codes.pneumoniaType, typeCodes[type.says])] : []),
      ],
      '1501',
    ),
  ]);
}

function evaluated({ cautions }: SentReading): Elements {
  return container(codes.qualitativeEvaluations, [
    ...cautions.flatMap((caution) => text(codes.qualityFinding, `${caution.code}: ${caution.sentence}`)),
    ...text(codes.comment, notForDiagnosis),
  ]);
}

function reviewed({ finding, opinion, comment }: SentReview): Elements {
  const { code: value, name, snomed } = finding;
  const found: Code = snomed ? [snomed, 'SCT', name] : [value.slice(0, 16), ours, name];
  return container(codes.qualitativeEvaluations, [
    code(codes.finding, found),
    code(codes.opinion, opinionCodes[opinion]),
    ...text(codes.comment, comment),
  ]);
}

/** A display name is one text; without ^ it is the family name (PS3.5, 6.2.1), which viewers show as it is. */
function asPersonName(name: string): string {
  return name
    .replace(/[\^=\\\p{Cc}]/gu, ' ')
    .trim()
    .slice(0, 64);
}
