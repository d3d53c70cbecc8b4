import { randomUUID } from 'node:crypto';
import { type ElementToWrite, xRayFile } from '@lucency/dicom/samples';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../testing/test-gateway.js';

interface Answer {
  code?: string;
  field?: string;
  study?: {
    patientAgeMonths: number | null;
    accessionNumber: string | null;
    studyInstanceUid: string | null;
    readingState: string;
    images: {
      view: string;
      sopInstanceUid: string | null;
      seriesInstanceUid: string | null;
      readingState: string;
    }[];
  };
}

let gateway: TestGateway;
let siteId: string;
const technologist = () => gateway.client('technologist-north');

beforeAll(async () => {
  gateway = await startTestGateway({ ADMISSION_MAX_WAIT_SECONDS: '3600' });
  siteId = (await technologist().sites()).get('Harbour North') ?? '';
});
afterAll(() => gateway.close());

const newUid = () => `2.25.${BigInt(`0x${randomUUID().replaceAll('-', '')}`)}`;
const text = (tag: number, vr: string, value: string): ElementToWrite => ({ tag, vr, value });

/** @returns the id of an upload of a drawn X-ray with these elements in its header. */
async function uploaded(elements: ElementToWrite[]): Promise<string> {
  const values = new Uint16Array(64).fill(7);
  const header = [text(0x00080018, 'UI', newUid()), text(0x00100020, 'LO', 'P-1'), ...elements];
  const written = header.filter(
    ({ tag }, index) => header.findLastIndex((other) => other.tag === tag) === index,
  );
  const bytes = xRayFile({ width: 8, height: 8, bits: 12, values }, { elements: written });
  return technologist().upload({ siteId, bytes, mediaType: 'APPLICATION_DICOM', patientReference: '' });
}

async function submit(input: object): Promise<Answer> {
  const { submitStudy } = await technologist().get<{ submitStudy: Answer }>(
    `mutation ($input: SubmitStudyInput!) { submitStudy(input: $input) {
      ... on SubmitStudyPayload { study { patientAgeMonths accessionNumber studyInstanceUid readingState
        images { view sopInstanceUid seriesInstanceUid readingState } } }
      ... on InputError { field } ... on Error { code } } }`,
    { input: { siteId, patientReference: randomUUID(), idempotencyKey: randomUUID(), ...input } },
  );
  return submitStudy;
}

it('fills in from the header what its sender leaves out', async () => {
  const [study, instance] = [newUid(), newUid()];
  const uploadId = await uploaded([
    text(0x00080018, 'UI', instance),
    text(0x00080022, 'DA', '20260302'),
    text(0x00080050, 'SH', 'A-17'),
    text(0x00100030, 'DA', '20231115'),
    text(0x0020000d, 'UI', study),
    text(0x0020000e, 'UI', '2.25.77'),
  ]);
  expect((await submit({ uploadIds: [uploadId] })).study).toMatchObject({
    patientAgeMonths: 27,
    accessionNumber: 'A-17',
    studyInstanceUid: study,
    images: [{ view: 'PA', sopInstanceUid: instance, seriesInstanceUid: '2.25.77' }],
  });
});

it('keeps what its sender says of age, accession and view', async () => {
  const uploadId = await uploaded([text(0x00101010, 'AS', '004Y'), text(0x00080050, 'SH', 'A-17')]);
  const images = [{ uploadId, view: 'AP' }];
  expect((await submit({ images, patientAgeMonths: 30, accessionNumber: 'B-1' })).study).toMatchObject({
    patientAgeMonths: 30,
    accessionNumber: 'B-1',
    images: [{ view: 'AP' }],
  });
});

it('reads no lateral view, whoever leaves out that it is one', async () => {
  const uploadId = await uploaded([text(0x00185101, 'CS', 'LL')]);
  const { study } = await submit({ uploadIds: [uploadId] });
  expect(study?.readingState).toBe('NOT_READ');
  expect(study?.images).toMatchObject([{ view: 'LATERAL', readingState: 'NOT_READ' }]);
});

it('refuses files of different patients or examinations in one study, and UIDs that are not those of the file', async () => {
  const [one, other] = [await uploaded([]), await uploaded([text(0x00100020, 'LO', 'P-2')])];
  expect(await submit({ uploadIds: [one, other] })).toMatchObject({
    code: 'INVALID_INPUT',
    field: 'uploadIds',
  });
  const elsewhere = await uploaded([text(0x0020000d, 'UI', newUid())]);
  expect(await submit({ uploadIds: [one, elsewhere] })).toMatchObject({ code: 'INVALID_INPUT' });
  expect(await submit({ uploadIds: [one], studyInstanceUid: newUid() })).toMatchObject({
    field: 'studyInstanceUid',
  });
  const images = [{ uploadId: one, sopInstanceUid: newUid() }];
  expect(await submit({ images })).toMatchObject({ code: 'INVALID_INPUT', field: 'images' });
});

it('takes a file whose header cannot be read as it is described, and leaves the rest to who reads it', async () => {
  const bytes = Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), Buffer.alloc(40, 1)]);
  const upload = { siteId, bytes, mediaType: 'APPLICATION_DICOM' as const, patientReference: '' };
  const uploadId = await technologist().upload(upload);
  expect((await submit({ uploadIds: [uploadId] })).study?.images).toMatchObject([{ view: 'UNKNOWN' }]);
});
