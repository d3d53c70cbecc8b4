import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { drawPhantom } from '@lucency/imaging';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { startTestGateway, type TestGateway } from '../../testing/test-gateway.js';

interface Change {
  studiesChanged: { studies: { id: string }[] };
}
const changes = 'subscription { studiesChanged { studies { id } } }';

describe('rights of a live connection', () => {
  let gateway: TestGateway;
  let submit: () => Promise<string>;

  beforeAll(async () => {
    gateway = await startTestGateway();
    const technologist = gateway.client('technologist-north');
    const siteId = (await technologist.sites()).get('Harbour North') ?? '';
    const bytes = await drawPhantom({ seed: 8, width: 400, height: 360 });
    submit = () => technologist.submitImage({ siteId, bytes, patientReference: randomUUID() });
  });
  afterAll(() => gateway.close());

  it('are checked anew for each event', async () => {
    const events = gateway.client('radiologist-both').subscribe<Change>(changes);
    const first = events.next();
    await sleep(300);
    const id = await submit();
    expect((await first).value?.studiesChanged.studies).toEqual([{ id }]);

    const owner = new pg.Client(gateway.ownerUrl);
    await owner.connect();
    await owner.query(
      `DELETE FROM membership USING person p WHERE p.id = person_id AND p.subject = 'radiologist-both'`,
    );
    await owner.end();
    const seen: string[] = [];
    void (async () => {
      for await (const { studiesChanged } of events)
        seen.push(...studiesChanged.studies.map((study) => study.id));
    })();
    const hidden = await submit();
    await sleep(1_000);
    await events.return();
    expect(seen).not.toContain(hidden);
  });

  it('end with the access token', async () => {
    const token = await gateway.signIn.tokenFor('technologist-north');
    const lifetimeMs = 1_500;
    const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    await new Promise((resolve) => socket.once('open', resolve));
    // The provider's tokens live for minutes: a gateway whose clock is ahead meets the end of one sooner.
    const { exp = 0 } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    const now = Date.now;
    Date.now = () => exp * 1000 - lifetimeMs;
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }));
    await new Promise((resolve) => socket.once('message', resolve));
    Date.now = now;
    const started = Date.now();
    const code = await new Promise((resolve) => socket.once('close', resolve));
    expect(code).toBe(4403);
    expect(Date.now() - started).toBeLessThan(lifetimeMs + 1_000);
  });
});
