import { lackingOrthanc } from '@lucency/dev-stack';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Orthanc, startOrthanc } from '../testing/orthanc.js';
import { sampleResult, sampleReview } from '../testing/sample-result.js';
import { Delivery, type Destination } from './index.js';

describe.skipIf(lackingOrthanc)(`a real archive${lackingOrthanc}`, () => {
  let archive: Orthanc;
  let delivery: Delivery;
  beforeAll(async () => {
    archive = await startOrthanc();
    delivery = new Delivery({
      secrets: async (name) => (name === 'pacs' ? archive.password : undefined),
    });
  });
  afterAll(async () => {
    delivery.close();
    await archive.kill();
  });

  it.each(['dicom', 'dicomWeb'] as const)(
    'keeps report and heatmap once, however often they come (%s)',
    async (way) => {
      const { result, original } = await sampleResult({
        imageId: crypto.randomUUID(),
        readingId: crypto.randomUUID(),
      });
      const before = await instancesOf(archive);
      for (let time = 0; time < 2; time += 1)
        expect(await delivery.deliver(result, archive[way])).toEqual({ kind: 'delivered' });
      const after = (await instancesOf(archive)).filter((id) => !before.includes(id));
      expect(after).toHaveLength(2);
      const classes: string[] = [];
      for (const id of after) {
        const tags = await archive.json(`/instances/${id}/simplified-tags`);
        expect(tags).toMatchObject({
          StudyInstanceUID: original.studyInstanceUid,
          PatientID: 'P-4711',
          PatientName: 'Müller^Zoë',
          AccessionNumber: 'A-1',
        });
        classes.push(modalityOf(tags));
      }
      expect(classes.sort()).toEqual(['OT', 'SR']);
    },
  );

  it('keeps the report of a review beside the one that it takes the place of', async () => {
    const changes = { imageId: crypto.randomUUID(), readingId: crypto.randomUUID(), heatmap: null };
    const { result } = await sampleResult(changes);
    const before = await instancesOf(archive);
    await delivery.deliver(result, archive.dicom);
    await delivery.deliver({ ...result, review: sampleReview }, archive.dicom);
    expect((await instancesOf(archive)).filter((id) => !before.includes(id))).toHaveLength(2);
  });

  it('answers an echo by every way', async () => {
    expect(await delivery.echo(archive.dicom)).toEqual({ kind: 'delivered' });
    expect(await delivery.echo(archive.dicomWeb)).toEqual({ kind: 'delivered' });
  });

  const elsewhere: [string, () => Destination, string][] = [
    ['another called AE title', () => ({ ...archive.dicom, aeTitle: 'OTHER' }), 'ASSOCIATION_REJECTED'],
    [
      'a secret that is not there',
      () => ({ ...archive.dicomWeb, auth: { kind: 'basic', user: 'results', secretName: 'none' } }),
      'SECRET_MISSING',
    ],
    [
      'another user',
      () => ({ ...archive.dicomWeb, auth: { kind: 'basic', user: 'other', secretName: 'pacs' } }),
      'NOT_AUTHORIZED',
    ],
    [
      'an address beside the service',
      () => ({ ...archive.dicomWeb, url: archive.dicomWeb.url.replace('dicom-web', 'else') }),
      'NOT_UNDERSTOOD',
    ],
    ['TLS where none is', () => ({ ...archive.dicom, tls: true }), 'NOT_UNDERSTOOD'],
  ];
  it.each(elsewhere)('is tried again: %s', async (_, destination, reason) => {
    const { result } = await sampleResult();
    const again = { kind: 'again', reason };
    expect(await delivery.deliver(result, destination())).toEqual(again);
    expect(await delivery.echo(destination())).toEqual(again);
  });
});

async function instancesOf(archive: Orthanc): Promise<string[]> {
  const ids = await archive.json('/instances');
  return Array.isArray(ids) ? ids.map(String) : [];
}

function modalityOf(tags: unknown): string {
  return typeof tags === 'object' && tags && 'Modality' in tags ? String(tags.Modality) : '';
}
