import { randomUUID } from 'node:crypto';
import { drawPhantom } from '@lucency/imaging';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserTestsAreSkipped, whySkipped } from './chromium.js';
import { type ColorScheme, hasLoaded, seriousViolations, signIn, visit } from './portal.js';
import { type RunningPortal, startPortal } from './running-portal.js';

const technologist = 'Technologist, North Site';
const radiologist = 'Radiologist, both sites';
const stranger = 'Technologist, Valley';

describe.skipIf(browserTestsAreSkipped)(`the portal in a browser${whySkipped}`, () => {
  let running: RunningPortal;
  let browser: Browser;
  let portal: string;
  // Of chests whose heatmaps explain enough to be shown.
  const seeds = [16, 17, 25, 34, 38, 41].values();

  beforeAll(async () => {
    running = await startPortal();
    ({ browser, portal } = running);
  }, 240_000);

  afterAll(async () => {
    await running?.close();
  }, 60_000);

  /** From the worklist to a submitted study; leaves the page on /submit. */
  async function submit(page: Page, reference: string): Promise<void> {
    // Each patient's own: of one picture for two patients the portal asks first.
    const seed = seeds.next().value;
    if (seed === undefined) throw new Error('every picture was used; add another');
    const image = Buffer.from(await drawPhantom({ seed, pneumonia: true, width: 2000, height: 1600 }));
    await page.getByRole('navigation').getByRole('link', { name: 'Submit' }).click();
    await page.getByRole('heading', { name: 'Submit X-rays' }).waitFor();
    await page.getByLabel('X-ray images', { exact: true }).setInputFiles({
      name: 'chest.jpg',
      mimeType: 'image/jpeg',
      buffer: image,
    });
    await page.getByLabel('Patient reference').fill(reference);
    await page.getByLabel('Years').fill('3');
    await page.getByLabel('Months').fill('4');
    await page.getByRole('button', { name: 'Submit X-ray', exact: true }).click();
    await page.getByRole('link', { name: 'Open study' }).waitFor();
  }

  async function waitForHeatmap(page: Page): Promise<void> {
    await page.getByTestId('heatmap').waitFor({ timeout: 60_000 });
    await expect.poll(() => hasLoaded(page, '[data-testid=heatmap]')).toBe(true);
  }

  it('signs in, uploads a real-sized image, sees result and heatmap without a reload', async () => {
    const watching = await visit(browser, portal);
    await signIn(watching.page, portal, radiologist);

    const { context, page, complaints } = await visit(browser, portal);
    await signIn(page, portal, technologist);
    // A reload or a navigation of the browser would lose both.
    await page.evaluate(() => Object.assign(window, { journey: 'not reloaded' }));
    let loads = 0;
    page.on('load', () => {
      loads += 1;
    });

    const sent: string[] = [];
    page.on('request', (request) => {
      const isSending =
        request.method() === 'PUT' || /CreateUpload|SubmitStudy/.test(request.postData() ?? '');
      if (isSending) sent.push(request.headers().traceparent?.slice(3, 35) ?? 'none');
    });
    await submit(page, 'E2E-1');
    // createUpload, the bytes and submitStudy belong to one click.
    expect(sent).toEqual(Array.from({ length: 3 }, () => sent[0]));
    expect(sent[0]).toMatch(/^[0-9a-f]{32}$/);
    await page.getByText(/^(Pneumonia suspected|Not suspected)$/).waitFor({ timeout: 60_000 });
    await page.getByRole('link', { name: 'Open study' }).click();
    await page.getByRole('heading', { name: 'E2E-1' }).waitFor();
    await waitForHeatmap(page);

    await expect.poll(() => hasLoaded(page, 'img[alt^="Original"]')).toBe(true);
    expect(await page.getByText('probability of pneumonia').isVisible()).toBe(true);
    expect(await page.getByText(/^Threshold \d/).isVisible()).toBe(true);
    expect(await page.getByText('Never a diagnosis by itself').first().isVisible()).toBe(true);
    expect(await page.evaluate(() => Reflect.get(window, 'journey'))).toBe('not reloaded');
    expect(loads).toBe(0);
    expect(complaints).toEqual([]);

    // Another person of the organization saw it come without touching the page.
    const row = watching.page.getByRole('row', { name: /E2E-1/ });
    await row.getByText(/suspected/i).waitFor();
    expect(watching.complaints).toEqual([]);
    await Promise.all([context.close(), watching.context.close()]);
  }, 180_000);

  it('says that there is no such study to someone of another organization', async () => {
    const own = await visit(browser, portal);
    await signIn(own.page, portal, technologist);
    await submit(own.page, 'E2E-SECRET');
    const address = new URL(
      (await own.page.getByRole('link', { name: 'Open study' }).getAttribute('href')) ?? '',
      portal,
    );

    const other = await visit(browser, portal);
    await signIn(other.page, portal, stranger);
    const shown = async (url: string) => {
      await other.page.goto(url);
      await other.page.getByRole('heading', { name: 'There is no such study' }).waitFor();
      return await other.page.locator('main').textContent();
    };
    const forbidden = await shown(address.href);
    const missing = Buffer.from(`Study:${randomUUID()}`).toString('base64url');
    expect(forbidden).not.toContain('E2E-SECRET');
    expect(forbidden).toBe(await shown(`${portal}/studies/${missing}`));
    expect(forbidden).toBe(await shown(`${portal}/studies/mistyped`));
    await Promise.all([own.context.close(), other.context.close()]);
  }, 120_000);

  it('keeps nobody signed in after signing out', async () => {
    const { context, page } = await visit(browser, portal);
    await signIn(page, portal, technologist);
    await page.getByRole('button', { name: /account of/ }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    // The provider asks once more.
    await page.getByRole('heading', { name: 'Sign out of Lucency?' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    await page.goto(`${portal}/submit`);
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    await context.close();
  }, 60_000);

  it.each<ColorScheme>(['light', 'dark'])(
    'has no serious accessibility violation in %s',
    async (scheme) => {
      const { context, page } = await visit(browser, portal, scheme);
      const violations: Record<string, string[]> = {};
      const check = async (name: string) => {
        violations[name] = await seriousViolations(page);
      };

      await check('sign-in');
      await signIn(page, portal, technologist);
      await submit(page, `E2E-AXE-${scheme}`);
      await check('submit');
      await page.getByRole('link', { name: 'Open study' }).click();
      await waitForHeatmap(page);
      await check('study');
      await page.getByText('Overlay', { exact: true }).click();
      await check('overlay');
      await page.getByRole('button', { name: 'Withdraw' }).click();
      await page.getByRole('dialog').getByLabel('Reason').waitFor();
      await check('withdraw');
      await page.goto(portal);
      await page.getByRole('row', { name: `E2E-AXE-${scheme}` }).waitFor();
      await check('worklist');
      await page.getByRole('button', { name: /account of/ }).click();
      await page.getByRole('button', { name: 'Sign out' }).waitFor();
      await check('account');
      await page.goto(`${portal}/performance`);
      await page.getByRole('img', { name: /ROC curve/ }).waitFor();
      await check('performance');
      await page.goto(`${portal}/nothing-here`);
      await check('not found');

      const clean = Object.fromEntries(Object.keys(violations).map((name) => [name, []]));
      expect(violations).toEqual(clean);
      await context.close();
    },
    180_000,
  );
});
