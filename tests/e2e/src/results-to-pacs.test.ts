import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LucencyClient, pictureFile } from '@lucency/client/node';
import { lackingOrthanc, type Orthanc, services, siteNamed, startOrthanc } from '@lucency/dev-stack';
import { xRayFile } from '@lucency/dicom/samples';
import { drawPhantom } from '@lucency/imaging';
import { encodeRaster, readRaster } from '@lucency/imaging/drawing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningStack, startServices } from './running-portal.js';

const jpegBaseline = '1.2.840.10008.1.2.4.50';
const examination = '2.25.20261129';

interface Delivery {
  content: string;
  state: string;
  reason: { code: string } | null;
}

describe.skipIf(lackingOrthanc)(`results in a real archive${lackingOrthanc}`, () => {
  let running: RunningStack;
  let archive: Orthanc;
  let administrator: LucencyClient;
  let siteId: string;
  const folder = mkdtempSync(join(tmpdir(), 'lucency-results-'));

  beforeAll(async () => {
    const withoutPortal = services.filter(({ name }) => name !== 'web');
    [running, archive] = await Promise.all([startServices(withoutPortal), startOrthanc()]);
    administrator = running.client('administrator-harbour');
    siteId = await siteNamed(administrator, 'Harbour North');
  }, 240_000);
  afterAll(async () => {
    await Promise.all([running?.close(), archive?.kill()]);
    rmSync(folder, { recursive: true });
  }, 60_000);

  async function submit(seed: number): Promise<string> {
    const [width, height] = [2000, 1600];
    const drawn = await drawPhantom({ seed, pneumonia: true, width, height });
    const frame = await encodeRaster(await readRaster(drawn, width));
    const elements = [
      { tag: 0x00080018, vr: 'UI', value: `${examination}.${seed}` },
      { tag: 0x00100010, vr: 'PN', value: 'Never^Logged' },
      { tag: 0x00100020, vr: 'LO', value: `PACS-${seed}` },
      { tag: 0x0020000d, vr: 'UI', value: `${examination}.1${seed}` },
    ];
    const file = join(folder, `${seed}.dcm`);
    writeFileSync(
      file,
      xRayFile({ width, height, bits: 8, bitsAllocated: 8, frame }, { syntax: jpegBaseline, elements }),
    );
    const client = running.client('technologist-north');
    const { id: uploadId } = await client.upload(await pictureFile(file), { siteId });
    const facts = { siteId, patientReference: `PACS-${seed}`, patientAgeMonths: 40 };
    return (await client.submitUploads([{ uploadId }], facts)).study.id;
  }

  async function deliveriesOf(studyId: string): Promise<Delivery[]> {
    const { study } = await administrator.request<{ study: { deliveries: Delivery[] } }>(
      'query ($id: ID!) { study(id: $id) { deliveries { content state reason { code } } } }',
      { id: studyId },
    );
    return study.deliveries;
  }

  async function create(input: object): Promise<string> {
    const { createDestination } = await administrator.request<{
      createDestination: { destination?: { id: string } };
    }>(
      `mutation ($input: CreateDestinationInput!) { createDestination(input: $input) {
        ... on DestinationPayload { destination { id } } } }`,
      { input: { siteId, ...input } },
    );
    return createDestination.destination?.id ?? '';
  }

  async function modalities(study: string): Promise<string[]> {
    const found = await archive.json('/instances?expand');
    if (!Array.isArray(found)) return [];
    const tags = await Promise.all(found.map(({ ID }) => archive.json(`/instances/${ID}/simplified-tags`)));
    return tags
      .filter((each) => Object(each).StudyInstanceUID === study)
      .map((each) => String(Object(each).Modality))
      .sort();
  }

  it('a report and, once it is checked, a heatmap lie in the archive beside the image, and a signed review joins them', async () => {
    const { aeTitle, callingAeTitle, host, port } = archive;
    await create({ name: 'PACS', kind: 'DICOM', aeTitle, callingAeTitle, host, port });
    const id = await submit(16);
    await expect
      .poll(() => modalities(`${examination}.116`), { timeout: 90_000, interval: 250 })
      .toEqual(['OT', 'SR']);
    await expect
      .poll(async () => (await deliveriesOf(id)).map(({ state }) => state))
      .toEqual(['DELIVERED', 'DELIVERED']);

    await running
      .client('radiologist-both')
      .request('mutation ($input: SignReviewInput!) { signReview(input: $input) { __typename } }', {
        input: { studyId: id, opinion: 'AGREE', finding: 'PNEUMONIA', reviewsSeen: 0 },
      });
    await expect
      .poll(() => modalities(`${examination}.116`), { timeout: 30_000, interval: 250 })
      .toEqual(['OT', 'SR', 'SR']);
  }, 240_000);

  it('an archive that is away is tried again, says why meanwhile, and is sent everything once', async () => {
    await archive.away();
    const id = await submit(17);
    await expect
      .poll(async () => (await deliveriesOf(id))[0]?.reason?.code, { timeout: 60_000 })
      .toBe('UNREACHABLE');
    await archive.back();
    await expect
      .poll(() => modalities(`${examination}.117`), { timeout: 120_000, interval: 500 })
      .toEqual(['OT', 'SR']);
  }, 240_000);
});
