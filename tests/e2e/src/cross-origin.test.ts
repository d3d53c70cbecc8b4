import { createServer, type Server } from 'node:http';
import { services } from '@lucency/dev-stack';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserTestsAreSkipped, whySkipped } from './chromium.js';
import { type RunningPortal, startPortal } from './running-portal.js';

/** What a page got to read of an answer of another origin. */
interface Read {
  status: number;
  retryAfter: string | null;
  code: string | undefined;
}

describe.skipIf(browserTestsAreSkipped)(`a page of the portal's origin, in a browser${whySkipped}`, () => {
  let running: RunningPortal;
  let portal: Server;
  let page: Page;

  beforeAll(async () => {
    running = await startPortal(services.filter(({ name }) => name === 'gateway'));
    portal = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<title>a page of the portal</title>');
    });
    const { hostname, port } = new URL(running.portal);
    await new Promise<void>((resolve) => portal.listen(Number(port), hostname, resolve));
    page = await running.browser.newPage();
    await page.goto(running.portal);
  }, 240_000);
  afterAll(async () => {
    portal?.close();
    await running?.close();
  });

  const token = () => running.stack.around.signIn.tokenFor('technologist-north');

  it('reads when to try again from a refusal', async () => {
    const query =
      '{ studies(first: 100) { edges { node { id images { id reading { id } heatmap { id } } } } } }';
    const answers = await page.evaluate(
      async ({ url, authorization, body }) => {
        const ask = async () => {
          const answer = await fetch(url, {
            method: 'POST',
            headers: { authorization, 'content-type': 'application/json' },
            body,
          });
          const { errors } = await answer.json();
          return {
            status: answer.status,
            retryAfter: answer.headers.get('retry-after'),
            code: errors?.[0]?.extensions.code,
          };
        };
        return Promise.all(Array.from({ length: 250 }, ask));
      },
      {
        url: `${running.stack.around.gatewayUrl}/graphql`,
        authorization: `Bearer ${await token()}`,
        body: JSON.stringify({ query }),
      },
    );
    const refused: Read[] = answers.filter(({ status }) => status === 429 || status === 503);
    expect(refused.length).toBeGreaterThan(0);
    for (const { retryAfter, code } of refused) {
      expect(Number(retryAfter)).toBeGreaterThan(0);
      expect(['QUOTA', 'BUSY']).toContain(code);
    }
  });

  it('reads the code of a refused upload, and asks by GET', async () => {
    const read = await page.evaluate(
      async ({ url, authorization }) => {
        const upload = await fetch(`${url}/uploads/x`, {
          method: 'PUT',
          headers: { 'content-type': 'image/png' },
          body: 'x',
        });
        const asked = await fetch(`${url}/graphql?query={viewer{person{name}}}`, {
          headers: { authorization },
        });
        return { upload: await upload.json(), asked: await asked.json() };
      },
      { url: running.stack.around.gatewayUrl, authorization: `Bearer ${await token()}` },
    );
    expect(read.upload).toMatchObject({ code: 'ADDRESS_INVALID' });
    expect(read.asked).toMatchObject({ data: { viewer: { person: { name: expect.any(String) } } } });
  });

  it('is one of the few that may: a page of elsewhere reads nothing', async () => {
    await page.goto(running.portal.replace('localhost', '127.0.0.1'));
    const read = await page.evaluate(
      (url) =>
        fetch(`${url}/images/x`).then(
          () => 'an answer',
          () => 'nothing',
        ),
      running.stack.around.gatewayUrl,
    );
    expect(read).toBe('nothing');
    expect((await running.client('technologist-north').viewer()).sites.length).toBeGreaterThan(0);
  });
});
