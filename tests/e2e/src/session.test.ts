import { freePort } from '@lucency/dev-stack';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { browserTestsAreSkipped, launchChromium, whySkipped } from './chromium.js';
import { findNginx, type PortalAlone, startNginx, startPortalAlone } from './portal-alone.js';
import { startUnsteadyProvider, type UnsteadyProvider } from './unsteady-provider.js';

const nginx = findNginx();
const noNginx = nginx ? '' : ' (skipped: no nginx found)';

describe.skipIf(browserTestsAreSkipped)(`a session${whySkipped}`, () => {
  let provider: UnsteadyProvider;
  let portal: PortalAlone;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    provider = await startUnsteadyProvider();
    [portal, browser] = await Promise.all([startPortalAlone({ issuer: provider.issuer }), launchChromium()]);
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await portal?.stop();
    await provider?.stop();
  }, 30_000);

  beforeEach(async () => {
    provider.behave({});
    await context?.close();
    context = await browser.newContext();
    page = await context.newPage();
    await page.goto(`${portal.url}/auth/sign-in?returnTo=/performance`);
    await page.waitForURL(`${portal.url}/performance`);
  });

  /** As a page asks for its token; `refused` has it renewed whatever time it has left. */
  async function renew(): Promise<{ status: number; retryAfter: string | null }> {
    return await page.evaluate(async () => {
      const ask = (body: object) => fetch('/auth/token', { method: 'POST', body: JSON.stringify(body) });
      const { accessToken } = await (await ask({})).json();
      const response = await ask({ refused: accessToken?.slice(-24) });
      return { status: response.status, retryAfter: response.headers.get('retry-after') };
    });
  }

  it('outlives every answer of the provider but invalid_grant', async () => {
    for (const refresh of [
      { status: 429, error: 'too_many_requests', retryAfter: 7 },
      { status: 400, error: 'temporarily_unavailable' },
      { status: 401, error: 'invalid_client' },
      { status: 502 },
    ]) {
      provider.behave({ refresh });
      expect(await renew()).toEqual({ status: 503, retryAfter: String(refresh.retryAfter ?? 5) });
    }
    provider.behave({ isAway: true });
    expect((await renew()).status).toBe(503);
    provider.behave({});
    expect((await renew()).status).toBe(200);

    provider.behave({ refresh: { status: 400, error: 'invalid_grant' } });
    expect((await renew()).status).toBe(401);
    expect(await context.cookies(portal.url)).toEqual([]);
  }, 60_000);

  it('that is over leads to the sign-in page once, and back to where the person was', async () => {
    // Until the token is about to end, so that a page has it renewed.
    await page.waitForTimeout(6_000);
    provider.behave({ refresh: { status: 400, error: 'invalid_grant' } });
    await page.goto(`${portal.url}/?state=suspected`);
    await page.waitForURL(/\/sign-in\?notice=ended/);
    provider.behave({});
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.waitForURL(`${portal.url}/?state=suspected`);
  }, 60_000);

  it('is waited for while the provider does not answer, which the page says', async () => {
    await page.waitForTimeout(6_000);
    provider.behave({ refresh: { status: 429, error: 'too_many_requests' } });
    await page.goto(`${portal.url}/submit`);
    const banner = page.getByText(
      'The sign-in service of your organization does not answer. You stay signed in',
    );
    await banner.waitFor();
    provider.behave({});
    await banner.waitFor({ state: 'detached' });
    expect(page.url()).toBe(`${portal.url}/submit`);
  }, 60_000);

  it('that was begun again and again leaves no more than a few cookies', async () => {
    for (let count = 0; count < 8; count += 1) {
      await context.request.get(`${portal.url}/auth/sign-in`, { maxRedirects: 0 });
    }
    const attempts = (await context.cookies(portal.url)).filter(({ name }) => name.includes('sign-in'));
    expect(attempts).toHaveLength(3);
  }, 30_000);

  it('ends in every tab when one signs out, and at the provider', async () => {
    const other = await context.newPage();
    await other.goto(`${portal.url}/submit`);
    const atProvider = page.waitForRequest((request) => request.url().startsWith(`${provider.issuer}/end`));
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    expect(new URL((await atProvider).url()).searchParams.get('id_token_hint')).toBeTruthy();
    await other.waitForURL(/\/sign-in\?notice=signed-out$/);
    await page.waitForURL(/\/sign-in$/);
  }, 60_000);

  it('ends here when the provider is away, and the page says so', async () => {
    provider.behave({ isAway: true });
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('you may still be signed in there').waitFor();
    expect(await context.cookies(portal.url)).toEqual([]);
    await page.getByRole('link', { name: 'Sign in' }).click();
    provider.behave({});
  }, 60_000);

  it('of tokens that no server takes is refused with a sentence', async () => {
    provider.behave({ roles: 9_000 });
    await page.goto(`${portal.url}/auth/sign-in`);
    await page.getByText('more groups or roles than Lucency can take').waitFor();
  }, 60_000);

  it.skipIf(!nginx)(
    `of any tokens that are taken fits a proxy of usual settings${noNginx}`,
    async () => {
      const [front, back] = [await freePort(), await freePort()];
      const publicUrl = `http://localhost:${front}`;
      const behind = await startPortalAlone({ issuer: provider.issuer, port: back, publicUrl });
      const proxy = await startNginx(nginx ?? '', front, back);
      try {
        for (const roles of [0, 1_500, 3_000, 5_500]) {
          provider.behave({ roles });
          // A page that finds its session gone would go to sign in by itself, across the way of this test.
          await page.goto('about:blank');
          await context.clearCookies();
          const answer = await page.goto(`${publicUrl}/auth/sign-in?returnTo=/submit`);
          expect(answer?.status(), `${roles} characters of roles`).toBe(200);
          expect(page.url()).toBe(`${publicUrl}/submit`);
          expect((await renew()).status).toBe(200);
        }
      } finally {
        await proxy.stop();
        await behind.stop();
      }
    },
    120_000,
  );

  it('of a page is kept when a part of the page is gone after an update: it loads itself anew, once', async () => {
    let loads = 0;
    page.on('load', () => {
      loads += 1;
    });
    await page.route(/\/_next\/static\/chunks\/.*\.js/, (route) => route.fulfill({ status: 404 }));
    await page.getByRole('link', { name: 'Submit', exact: true }).click();
    await expect.poll(() => loads, { timeout: 20_000 }).toBe(1);
    await page.unroute(/\/_next\/static\/chunks\/.*\.js/);
    await page.reload();
    expect(page.url()).toBe(`${portal.url}/submit`);
    await page.getByRole('heading', { name: 'Submit X-rays' }).waitFor();
  }, 60_000);
});
