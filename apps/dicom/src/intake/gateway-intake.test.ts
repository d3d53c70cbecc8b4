import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DrawOptions, drawInstance, newUid } from '../testing/drawn-instance.js';
import { sendTo, startTestService, type TestService } from '../testing/test-service.js';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

interface KnownStudy {
  id: string;
  patientReference: string;
  patientAgeMonths: number | null;
  accessionNumber: string | null;
  priority: string;
  site: { name: string };
  readingState: string;
  images: { view: string; sopInstanceUid: string; seriesInstanceUid: string; readingState: string }[];
}

async function studiesOf(studyInstanceUid: string, includeWithdrawn = false): Promise<KnownStudy[]> {
  const { studies } = await service.client.request<{ studies: { edges: { node: KnownStudy }[] } }>(
    `query ($filter: StudyFilter!) { studies(filter: $filter) { edges { node {
      id patientReference patientAgeMonths accessionNumber priority site { name } readingState
      images { view sopInstanceUid seriesInstanceUid readingState } } } } }`,
    { filter: { studyInstanceUid, includeWithdrawn } },
  );
  return studies.edges.map(({ node }) => node);
}

const stored = { type: 'response', status: '0000' };

describe('an instance', () => {
  it('is a study of what its header says, without the name, before success is answered', async () => {
    const instance = drawInstance({ patientId: 'P-4711', issuer: 'CLINIC' });
    expect(await service.send(instance)).toMatchObject(stored);
    expect(await studiesOf(instance.studyInstanceUid)).toMatchObject([
      {
        patientReference: 'P-4711',
        patientAgeMonths: 29,
        accessionNumber: 'A-1',
        priority: 'ROUTINE',
        site: { name: 'Harbour North' },
        images: [{ view: 'PA', sopInstanceUid: instance.sopInstanceUid }],
      },
    ]);
    const log = service.logged.join('');
    expect(log).toContain('an instance is stored');
    for (const secret of ['SECRET', 'P-4711', instance.studyInstanceUid, instance.sopInstanceUid]) {
      expect(log).not.toContain(secret);
    }
  });

  it('belongs to the site that its called AE title stands for, with the priority and issuer of there', async () => {
    const instance = drawInstance({ patientId: '4711', issuer: 'CLINIC' });
    expect(await service.send(instance, 'SOUTH')).toMatchObject(stored);
    expect(await studiesOf(instance.studyInstanceUid)).toMatchObject([
      { site: { name: 'Harbour South' }, patientReference: '4711^^^CLINIC', priority: 'STAT' },
    ]);
  });

  it('is one image when it is sent twice, at once or later', async () => {
    const instance = drawInstance();
    const answers = await Promise.all([1, 2, 3].map(() => service.send(instance)));
    answers.push(await service.send(instance));
    expect(answers).toMatchObject([stored, stored, stored, stored]);
    const studies = await studiesOf(instance.studyInstanceUid);
    expect(studies.map(({ images }) => images.length)).toEqual([1]);
  });

  it('keeps its first content: another one under its UID is refused as a duplicate', async () => {
    const first = drawInstance();
    const { studyInstanceUid, sopInstanceUid } = first;
    expect(await service.send(first)).toMatchObject(stored);
    for (const options of [{ studyInstanceUid }, {}]) {
      const other = drawInstance({ ...options, sopInstanceUid, shade: 9 });
      expect(await service.send(other)).toMatchObject({
        status: '0111',
        comment: expect.stringContaining('DUPLICATE_UID'),
      });
    }
    expect((await studiesOf(studyInstanceUid)).map(({ images }) => images.length)).toEqual([1]);
  });

  it.each([
    ['a lateral view', { view: 'LL' }, 'LATERAL'],
    ['a knee', { bodyPart: 'KNEE' }, 'OTHER'],
  ])('is kept and not read when it is %s', async (_what, options, view) => {
    const instance = drawInstance(options);
    expect(await service.send(instance)).toMatchObject(stored);
    expect(await studiesOf(instance.studyInstanceUid)).toMatchObject([
      { readingState: 'NOT_READ', images: [{ view, readingState: 'NOT_READ' }] },
    ]);
  });

  it('without a patient ID stands for its own patient', async () => {
    const studies = [drawInstance({ patientId: '' }), drawInstance({ patientId: ' ' })];
    for (const instance of studies) {
      expect(await service.send(instance)).toMatchObject(stored);
      expect(await studiesOf(instance.studyInstanceUid)).toMatchObject([
        { patientReference: instance.studyInstanceUid },
      ]);
    }
  });
});

describe('instances of one Study Instance UID', () => {
  it('are one study, whichever comes first, over several associations and two services at once', async () => {
    const second = await service.another({});
    const study = { studyInstanceUid: newUid(), patientId: 'P-1' };
    const instances = [1, 2, 3, 4, 5, 6].map((shade) => drawInstance({ ...study, shade }));
    const answers = await Promise.all(
      instances.map((instance, index) => sendTo(index % 2 ? second.port : service.app.port, instance)),
    );
    expect(answers).toMatchObject(instances.map(() => stored));
    const [found, ...others] = await studiesOf(study.studyInstanceUid);
    expect(others).toEqual([]);
    expect(new Set(found?.images.map(({ sopInstanceUid }) => sopInstanceUid))).toEqual(
      new Set(instances.map(({ sopInstanceUid }) => sopInstanceUid)),
    );
  });

  it('are never one study of two patients, nor of two sites', async () => {
    const studyInstanceUid = newUid();
    const send = async (options: DrawOptions, called?: string) =>
      expect(await service.send(drawInstance({ studyInstanceUid, ...options }), called)).toMatchObject(
        stored,
      );
    await send({ patientId: 'P-1' });
    await send({ patientId: 'P-2' });
    await send({ patientId: 'P-1' }, 'SOUTH');
    await send({ patientId: 'P-2', shade: 4 });
    const studies = await studiesOf(studyInstanceUid);
    expect(
      studies.map(({ patientReference, images }) => `${patientReference}: ${images.length}`).sort(),
    ).toEqual(['P-1: 1', 'P-1: 1', 'P-2: 2']);
  });

  it('make a new study once theirs was withdrawn, as often as it is', async () => {
    const study = { studyInstanceUid: newUid(), patientId: 'P-1' };
    const [one, two] = [drawInstance(study), drawInstance({ ...study, shade: 3 })];
    for (let round = 1; round <= 3; round += 1) {
      expect(await service.send(one)).toMatchObject(stored);
      expect(await service.send(two)).toMatchObject(stored);
      const studies = await studiesOf(study.studyInstanceUid);
      expect(studies.map(({ images }) => images.length)).toEqual([2]);
      await service.client.withdraw(studies[0]?.id ?? '', 'a mistake');
    }
    expect(await studiesOf(study.studyInstanceUid, true)).toHaveLength(3);
  });

  it('are refused beyond what a study holds', async () => {
    const study = { studyInstanceUid: newUid(), patientId: 'P-1', view: 'LL' };
    for (let shade = 0; shade < 32; shade += 1) {
      expect(await service.send(drawInstance({ ...study, shade }))).toMatchObject(stored);
    }
    expect(await service.send(drawInstance({ ...study, shade: 32 }))).toMatchObject({
      status: 'C000',
      comment: expect.stringContaining('STUDY_FULL'),
    });
  });
});

describe('what cannot be taken in', () => {
  const pixels = 0x7fe00010;
  it.each([
    ['without a Study Instance UID', { without: [0x0020000d] }, 'C000', 'INVALID_UID'],
    ['without a SOP Instance UID in it', { without: [0x00080018] }, 'C000', 'INVALID_UID'],
    ['without pixels', { without: [pixels] }, 'C000', 'NO_IMAGE'],
    ['of several frames', { more: [{ tag: 0x00280008, vr: 'IS', value: '3' }] }, 'C000', 'NO_IMAGE'],
  ])('%s is refused with its reason', async (_what, options, status, reason) => {
    const instance = drawInstance(options);
    expect(await service.send(instance)).toMatchObject({ status, comment: expect.stringContaining(reason) });
    expect(await studiesOf(instance.studyInstanceUid)).toEqual([]);
  });

  it('that breaks off is refused wherever it does', async () => {
    const whole = drawInstance();
    const { dataSet } = whole;
    for (const length of [0, 1, 7, 60, 200, 400, 600, 1_024, 4_096, 10_240, dataSet.length - 2]) {
      const cut = { ...whole, dataSet: Buffer.concat([dataSet.subarray(0, length)]) };
      if (length === 0) continue;
      expect(await service.send(cut)).toMatchObject({ status: 'C000' });
    }
    expect(await studiesOf(whole.studyInstanceUid)).toEqual([]);
  });

  it('whose UID is not that of the command is refused', async () => {
    const instance = { ...drawInstance(), sopInstanceUid: newUid() };
    expect(await service.send(instance)).toMatchObject({ status: 'A900' });
  });
});

describe('an instance that cannot be stored now is put off', () => {
  it.each([
    ['while the gateway is away', { GATEWAY_ENDPOINT: 'http://127.0.0.1:9/graphql' }, 'GATEWAY_AWAY'],
    ['while the sign-in provider is away', { OIDC_ISSUER: 'http://127.0.0.1:9' }, 'GATEWAY_AWAY'],
    ['while storing takes too long', { DICOM_STORE_SECONDS: 0.001 }, 'GATEWAY_AWAY'],
  ])('%s', async (_when, settings, reason) => {
    const { port } = await service.another(settings);
    const instance = drawInstance();
    expect(await sendTo(port, instance)).toMatchObject({
      status: 'A700',
      comment: expect.stringContaining(reason),
    });
    expect(await service.send(instance)).toMatchObject(stored);
    expect((await studiesOf(instance.studyInstanceUid)).map(({ images }) => images.length)).toEqual([1]);
  });

  it('while its site is none where the client may submit', async () => {
    const answer = await service.send(drawInstance(), 'ELSEWHERE');
    expect(answer).toMatchObject({ status: 'A700', comment: expect.stringContaining('NOT_CONFIGURED') });
    const told = service.logged.filter(
      (line) => line.includes('"level":"warn"') && line.includes('NOT_CONFIGURED'),
    );
    expect(told.join('')).toContain('"code":"NOT_FOUND"');
    expect(told.join('')).toContain('"callingAeTitle":"MODALITY"');
  });
});

it('counts instances by status and reason, and bytes', async () => {
  const answer = await fetch(`http://127.0.0.1:${service.app.healthPort}/metrics`);
  const metrics = await answer.text();
  expect(metrics).toMatch(/lucency_dicom_instances_total\{status="0000",reason="none"\} \d+/);
  expect(metrics).toMatch(/lucency_dicom_instances_total\{status="0000",reason="REPEATED"\} \d+/);
  expect(metrics).toMatch(/lucency_dicom_instances_total\{status="0111",reason="DUPLICATE_UID"\} 2/);
  expect(metrics).toMatch(/lucency_dicom_connections_total\{outcome="released"\} \d+/);
  expect(metrics).toMatch(/lucency_dicom_received_bytes_total \d{5,}/);
  expect(metrics).toMatch(/lucency_dicom_associations_open 0/);
});
