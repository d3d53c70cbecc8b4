import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createClient as createPageClient } from '@lucency/client';
import { createClient, type LucencyClient, pictureFile, type Study } from '@lucency/client/node';
import { drawPhantom, drawRefusedSample } from '@lucency/imaging';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningPlatform, startPlatform } from './platform.js';

let platform: RunningPlatform;
let client: LucencyClient;
let siteId: string;
const folder = mkdtempSync(path.join(tmpdir(), 'lucency-pictures-'));

beforeAll(async () => {
  platform = await startPlatform();
  client = createClient(platform);
  siteId = (await client.viewer()).sites.find(({ viewerCanSubmit }) => viewerCanSubmit)?.id ?? '';
});
afterAll(async () => {
  await platform.close();
  rmSync(folder, { recursive: true });
});

const facts = () => ({ siteId, patientReference: randomUUID(), patientAgeMonths: 30 });

async function statesOf(studies: AsyncIterable<Study>): Promise<Study[]> {
  const seen: Study[] = [];
  for await (const study of studies) seen.push(study);
  return seen;
}

describe('the client of a running platform', () => {
  it('streams a file, submits it and follows it to its heatmap over a socket', async () => {
    const file = path.join(folder, 'chest.png');
    writeFileSync(file, await drawPhantom({ seed: 7, pneumonia: true }));
    const { study, created } = await client.submit(await pictureFile(file), facts());
    expect(created).toBe(true);
    const seen = await statesOf(client.follow(study.id));
    const last = seen.at(-1);
    expect(last?.readingState).toBe('CLASSIFIED');
    expect(['READY', 'WITHHELD']).toContain(last?.explanationState);
    expect(last?.images[0]?.reading?.probability).toBeGreaterThanOrEqual(0);
    const [addresses] = await client.addresses(study.id);
    expect((await fetch(addresses?.address?.url ?? '')).status).toBe(200);
  });

  it('answers the same key and the same bytes with the first study, and names it to a key used otherwise', async () => {
    const [one, other] = [
      await drawPhantom({ seed: 8, pneumonia: false }),
      await drawPhantom({ seed: 9, pneumonia: false }),
    ];
    const known = { ...facts(), idempotencyKey: randomUUID() };
    const first = await client.submit(one, known);
    const second = await client.submit(new Blob([new Uint8Array(one)]), known);
    expect(second).toMatchObject({ created: false, study: { id: first.study.id } });
    await expect(client.submit(other, known)).rejects.toMatchObject({
      name: 'LucencyError',
      code: 'CONFLICT',
      studyId: first.study.id,
    });
    const others = await client.upload(one, facts());
    expect(others.otherPatientReferences).toContain(known.patientReference);
  });

  it('follows by asking where there are no sockets', async () => {
    const polling = createPageClient({ ...platform, webSocket: null });
    const { study } = await polling.submit(await drawRefusedSample('page'), facts());
    const seen = await statesOf(polling.follow(study.id));
    expect(seen.at(-1)).toMatchObject({
      readingState: 'REFUSED',
      readingReason: { code: expect.any(String) },
    });
  });

  it('lists page by page, withdraws, and names the state that allows no retry', async () => {
    const patientReference = `LIST-${randomUUID()}`;
    const ids: string[] = [];
    for (const seed of [11, 12, 13]) {
      const picture = await drawPhantom({ seed, pneumonia: false });
      ids.push((await client.submit(picture, { ...facts(), patientReference })).study.id);
    }
    const listed: string[] = [];
    const filter = { patientReferencePrefix: patientReference };
    for await (const { id } of client.studies({ filter, orderBy: 'OLDEST_FIRST', pageSize: 2 }))
      listed.push(id);
    expect(listed).toEqual(ids);
    const [id = ''] = ids;
    expect((await client.withdraw(id, 'another patient')).withdrawal?.reason).toBe('another patient');
    await expect(client.retry(id)).rejects.toMatchObject({ code: 'WRONG_STATE' });
    await expect(client.withdraw('no such id', 'a mistake')).rejects.toMatchObject({ name: 'LucencyError' });
  });

  it('says of which input the API does not approve, and who may not come in', async () => {
    const picture = await drawPhantom({ seed: 14, pneumonia: false });
    await expect(client.submit(picture, { ...facts(), patientAgeMonths: -1 })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      field: expect.stringContaining('patientAgeMonths'),
    });
    const stranger = createClient({ ...platform, token: () => 'no token' });
    await expect(stranger.viewer()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(stranger.follow('any').next()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('serves an operation of the program that uses it', async () => {
    const { model } = await client.request<{ model: { id: string } }>('{ model { id } }');
    expect(model.id).toMatch(/./);
  });
});
