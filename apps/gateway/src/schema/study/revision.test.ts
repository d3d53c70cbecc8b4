import { randomUUID } from 'node:crypto';
import { drawPhantom } from '@lucency/imaging';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../testing/test-gateway.js';

interface Change {
  studiesChanged: { revision: string; resync: boolean };
}

let gateway: TestGateway;
let submit: () => Promise<string>;

beforeAll(async () => {
  gateway = await startTestGateway();
  const technologist = gateway.client('technologist-north');
  const siteId = (await technologist.sites()).get('Harbour North') ?? '';
  const bytes = await drawPhantom({ seed: 8, width: 300, height: 260 });
  submit = () => technologist.submitImage({ siteId, bytes, patientReference: randomUUID() });
});
afterAll(() => gateway.close());

const revision = async (who: string) => {
  const { studies } = await gateway
    .client(who)
    .get<{ studies: { revision: string } }>('{ studies(first: 1) { revision } }');
  return studies.revision;
};
const changes = (who: string, since: string) =>
  gateway
    .client(who)
    .subscribe<Change>(
      'subscription ($since: String) { studiesChanged(since: $since) { revision resync } }',
      {
        since,
      },
    );

it('changes with the sites that a person sees, and tells nothing of others', async () => {
  const before = { south: await revision('technologist-south'), both: await revision('radiologist-both') };
  await submit();
  expect(await revision('technologist-south')).toBe(before.south);
  expect(await revision('radiologist-both')).not.toBe(before.both);

  const south = changes('technologist-south', before.south);
  const heard: unknown[] = [];
  const listening = (async () => {
    for await (const change of south) heard.push(change);
  })();
  const { value } = await changes('radiologist-both', before.both).next();
  expect(value?.studiesChanged).toMatchObject({ resync: true });
  await submit();
  await new Promise((resolve) => setTimeout(resolve, 500));
  await south.return();
  await listening;
  expect(heard).toEqual([]);
});

it('of an event is that of the list, so that who comes back with it has missed nothing', async () => {
  const events = changes('radiologist-both', await revision('radiologist-both'));
  const first = events.next();
  await new Promise((resolve) => setTimeout(resolve, 300));
  await submit();
  let told = (await first).value?.studiesChanged.revision;
  // The dispatcher marks the study as queued, which is a change too.
  const rest = (async () => {
    for await (const { studiesChanged } of events) told = studiesChanged.revision;
  })();
  await expect.poll(async () => told === (await revision('radiologist-both'))).toBe(true);
  await events.return();
  await rest;
  const again = changes('radiologist-both', told ?? '');
  const silent = await Promise.race([
    again.next().then(() => 'event'),
    new Promise((resolve) => setTimeout(() => resolve('nothing'), 700)),
  ]);
  expect(silent).toBe('nothing');
  await again.return();
});
