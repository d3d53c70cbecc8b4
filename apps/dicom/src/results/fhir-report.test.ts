import { expect, it } from 'vitest';
import { faultsOf } from '../testing/fhir-rules.js';
import { sampleRefusal, sampleResult, sampleReview } from '../testing/sample-result.js';
import type { ResultToSend } from './facts.js';
import type { FhirObject } from './fhir-elements.js';
import { fhirReport } from './fhir-report.js';

const variants: [string, Partial<ResultToSend>, string][] = [
  ['a reading', {}, 'preliminary'],
  ['a refusal', { outcome: sampleRefusal, readingId: null }, 'preliminary'],
  ['a review', { review: sampleReview }, 'final'],
  ['an addendum', { review: { ...sampleReview, number: 2, comment: '' } }, 'amended'],
  [
    'a review of what was not read',
    { outcome: sampleRefusal, readingId: null, review: sampleReview },
    'final',
  ],
  ['a picture that came as no DICOM', { source: null }, 'preliminary'],
];

function resourcesOf({ bundle }: { bundle: FhirObject }): FhirObject[] {
  const entries = Array.isArray(bundle.entry) ? bundle.entry : [];
  return entries.flatMap((entry) =>
    typeof entry === 'object' &&
    !Array.isArray(entry) &&
    typeof entry.resource === 'object' &&
    !Array.isArray(entry.resource)
      ? [entry.resource]
      : [],
  );
}

it.each(variants)('%s is valid FHIR R4, and says how far it is', async (_, changes, status) => {
  const { result } = await sampleResult(changes);
  const report = fhirReport(result);
  expect(faultsOf(report.bundle)).toEqual([]);
  const resources = resourcesOf(report);
  for (const resource of resources) expect(faultsOf(resource)).toEqual([]);
  expect(resources.at(-1)).toMatchObject({ resourceType: 'DiagnosticReport', status });
});

it('would find a status that is none, and an element that is none', () => {
  const observation = { resourceType: 'Observation', status: 'banana', code: { text: 'a code' } };
  expect(faultsOf(observation)).toEqual(['Observation.status: banana']);
  expect(faultsOf({ ...observation, status: 'final', banana: 1 })).not.toEqual([]);
});

it('says probability, finding, quality and study, and names no patient', async () => {
  const { result, original } = await sampleResult();
  const resources = resourcesOf(fhirReport(result));
  expect(resources).toMatchObject([
    { valueQuantity: { value: 0.871235, system: 'http://unitsofmeasure.org', code: '1' } },
    { valueCodeableConcept: { coding: [{ system: 'http://snomed.info/sct', code: '52101004' }] } },
    { valueCodeableConcept: { coding: [{ code: 'MARGINS_CUT' }] } },
    {
      subject: { type: 'Patient', identifier: { value: 'P-4711', assigner: { display: 'NORTH' } } },
      basedOn: [{ identifier: { value: 'A-1' } }],
      imagingStudy: [
        { identifier: { system: 'urn:dicom:uid', value: `urn:oid:${original.studyInstanceUid}` } },
      ],
      conclusion: expect.stringContaining('Never a diagnosis by itself.'),
    },
  ]);
  expect(JSON.stringify(resources)).not.toContain('ller');
});

it('keeps the identifiers of a reading when it is signed', async () => {
  const { result } = await sampleResult();
  const [unsigned, signed] = [fhirReport(result), fhirReport({ ...result, review: sampleReview })];
  expect(signed.identifier).toBe(unsigned.identifier);
  const identifiers = (report: typeof signed) =>
    resourcesOf(report).map(({ identifier }) => JSON.stringify(identifier));
  expect(identifiers(signed)).toEqual(expect.arrayContaining(identifiers(unsigned)));
  expect(identifiers(signed)).toHaveLength(identifiers(unsigned).length + 1);
});
