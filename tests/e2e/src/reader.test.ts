import { join } from 'node:path';
import type { LucencyClient } from '@lucency/client';
import { siteNamed } from '@lucency/dev-stack';
import { drawPhantom } from '@lucency/imaging';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { browserTestsAreSkipped, whySkipped } from './chromium.js';
import { hasLoaded, signIn, visit } from './portal.js';
import { type RunningPortal, root, startPortal } from './running-portal.js';

const many = 27;

describe.skipIf(browserTestsAreSkipped)(`who reads and submits in a browser${whySkipped}`, () => {
  let running: RunningPortal;
  let browser: Browser;
  let page: Page;
  let portal: string;
  let client: LucencyClient;
  let siteId: string;

  beforeAll(async () => {
    running = await startPortal();
    ({ browser, portal } = running);
    ({ page } = await visit(browser, portal));
    await signIn(page, portal, 'Administrator');
    client = running.client('technologist-north');
    siteId = await siteNamed(client, 'Harbour North');
  }, 240_000);
  afterAll(async () => {
    await running?.close();
  }, 60_000);
  beforeEach(async () => {
    await page.goto(`${portal}/submit`);
    await page.evaluate(() => sessionStorage.clear());
    await page.goto(portal);
    await page.getByRole('heading', { name: 'Worklist' }).waitFor();
  });

  const phantom = async (seed: number, width = 800, height = 640) =>
    Buffer.from(await drawPhantom({ seed, pneumonia: true, width, height }));

  async function submit(patientReference: string, seed: number, patientAgeMonths = 40): Promise<string> {
    const facts = { siteId, patientReference, patientAgeMonths };
    return (await client.submit(await phantom(seed), facts)).study.id;
  }

  /** As many as a page and more; the client waits while the platform is busy with them. */
  async function submitMany(prefix: string): Promise<void> {
    for (let index = 0; index < many; index += 1) {
      const facts = { siteId, patientReference: `${prefix}-${index}`, patientAgeMonths: 40 };
      await client.submit(await phantom(100 + index, 240, 200), facts);
    }
  }

  async function choose(...buffers: Buffer[]): Promise<Locator> {
    await page.goto(`${portal}/submit`);
    const files = buffers.map((buffer, index) => ({ name: `${index}.jpg`, mimeType: 'image/jpeg', buffer }));
    await page.getByLabel('X-ray images', { exact: true }).setInputFiles(files);
    return page.getByRole('list', { name: 'Images' }).getByRole('listitem');
  }

  async function open(reference: string): Promise<void> {
    await page.goto(`${portal}/?reference=${reference}`);
    await page.getByRole('link', { name: reference, exact: true }).click();
    await page.getByRole('heading', { name: reference }).waitFor();
  }

  it('types an age that is kept as typed, and read or said to be wrong', async () => {
    const row = (await choose(await phantom(1))).first();
    for (const [years, months, echo] of [
      ['1.5', '', '1 year 6 months'],
      ['', '18', '1 year 6 months'],
      ['-3.5', '', 'Years: an age cannot be below zero.'],
      ['200', '', 'That would be more than 150 years. Check the numbers.'],
    ] as const) {
      for (const [label, text] of [
        ['Years', years],
        ['Months', months],
      ] as const) {
        const field = row.getByLabel(label, { exact: true });
        await field.fill('');
        await field.pressSequentially(text);
        expect(await field.inputValue()).toBe(text);
      }
      await row.getByText(echo, { exact: true }).waitFor();
    }
  }, 60_000);

  it('keeps what was typed when the page is loaded anew, for the same files', async () => {
    const image = await phantom(2);
    const row = (await choose(image)).first();
    await row.getByLabel('Patient reference').fill('KEPT-1');
    await row.getByLabel('Years').fill('2');
    await expect
      .poll(() => page.evaluate(() => sessionStorage.getItem('lucency-submit-answers')))
      .toContain('KEPT-1');
    await page.reload();
    await page.getByText('The page was loaded anew').waitFor();
    const again = (await choose(image)).first();
    await expect.poll(() => again.getByLabel('Patient reference').inputValue()).toBe('KEPT-1');
    expect(await again.getByLabel('Years').inputValue()).toBe('2');
  }, 60_000);

  it('is asked before one picture is sent for two patients', async () => {
    const image = await phantom(3);
    const rows = await choose(image, image);
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'PUT') sent.push(request.url());
    });
    for (const [index, reference] of ['TWICE-1', 'TWICE-2'].entries()) {
      await rows.nth(index).getByLabel('Patient reference').fill(reference);
      await rows.nth(index).getByLabel('Years').fill('3');
    }
    await page.getByRole('button', { name: 'Submit 2 X-rays' }).click();
    await rows.nth(0).getByText('This picture is also that of TWICE-2.').waitFor();
    await rows.nth(1).getByText('This picture is also that of TWICE-1.').waitFor();
    expect(sent).toEqual([]);
    await rows.nth(0).getByRole('button', { name: 'Remove this image' }).click();
    await rows.nth(0).getByRole('button', { name: 'Submit for TWICE-2 too' }).click();
    await page.getByRole('link', { name: 'Open study' }).waitFor();
    expect(sent).toHaveLength(1);
  }, 60_000);

  it('need not press anything when an upload is asked to come back', async () => {
    const row = (await choose(await phantom(4))).first();
    let refusals = 0;
    await page.route(/\/uploads\//, async (route) => {
      if (route.request().method() !== 'PUT' || refusals > 0) return await route.continue();
      refusals += 1;
      const headers = {
        'retry-after': '1',
        'access-control-allow-origin': portal,
        'access-control-expose-headers': 'retry-after',
      };
      await route.fulfill({ status: 503, headers, body: '{}' });
    });
    await row.getByLabel('Patient reference').fill('BUSY-1');
    await row.getByLabel('Years').fill('3');
    await page.getByRole('button', { name: 'Submit X-ray', exact: true }).click();
    await page.getByText('trying again in 1 s').waitFor();
    await page.getByRole('link', { name: 'Open study' }).waitFor();
    expect(refusals).toBe(1);
    await page.unroute(/\/uploads\//);
  }, 60_000);

  it('sees outside the trained ages a mark wherever the result is shown, and no claim', async () => {
    const row = (await choose(await phantom(5))).first();
    await row.getByLabel('Patient reference').fill('ADULT-1');
    await row.getByLabel('Years').fill('45');
    await page.getByRole('button', { name: 'Submit X-ray', exact: true }).click();
    const mark = /suspected, outside trained age/;
    await page.getByRole('listitem').getByText(mark).waitFor({ timeout: 60_000 });
    await open('ADULT-1');
    await page.getByText(mark).waitFor();
    await page.getByText('Do not rely on this answer for this patient.').waitFor();
    expect(await page.locator('main').textContent()).not.toMatch(/in 100 patients|certain/);
    await page.goto(portal);
    await page
      .getByRole('row', { name: /ADULT-1/ })
      .getByText(mark)
      .waitFor();
  }, 90_000);

  it('sees the heatmap once it was checked, and nothing moves when it comes', async () => {
    const study = await submit('STEADY-1', 16);
    const read = async () => (await client.study(study))?.explanationState;
    await expect.poll(read, { timeout: 60_000 }).toMatch(/READY|WITHHELD/);
    await open('STEADY-1');
    await expect.poll(() => hasLoaded(page, 'img[alt^="Original"]'), { timeout: 20_000 }).toBe(true);
    const places = () =>
      page.locator('figure, [id^="assessment-"]').evaluateAll((parts) =>
        parts.map((part) => {
          const { x, y, width, height } = part.getBoundingClientRect();
          return [x, y, width, height].map(Math.round);
        }),
      );
    const before = await places();
    await page.getByText(/^Checked:|Take this heatmap with care/).waitFor({ timeout: 90_000 });
    await expect.poll(() => hasLoaded(page, '[data-testid=heatmap]')).toBe(true);
    expect(await places()).toEqual(before);
  }, 180_000);

  it('outlines the lungs by key or button over original and heatmap, and over nothing that is not there', async () => {
    const study = await submit('LUNGS-1', 17);
    const read = async () => (await client.study(study))?.explanationState;
    await expect.poll(read, { timeout: 60_000 }).toMatch(/READY|WITHHELD/);
    await open('LUNGS-1');
    const originals = page.locator('img[alt^="Original"]');
    await expect.poll(() => hasLoaded(page, 'img[alt^="Original"]'), { timeout: 20_000 }).toBe(true);
    await page.getByText(/^Checked:|Take this heatmap with care/).waitFor({ timeout: 90_000 });
    const button = page.getByRole('button', { name: 'Outline lungs' });
    const outlines = page.getByRole('img', { name: 'Outline of the lungs that were found' });
    expect(await outlines.count()).toBe(0);

    await page.keyboard.press('l');
    await expect.poll(() => outlines.count()).toBe(2);
    expect(await button.getAttribute('aria-pressed')).toBe('true');
    const inWhole = (box: Awaited<ReturnType<Locator['boundingBox']>>) =>
      box && Object.values(box).map(Math.round);
    expect(inWhole(await outlines.first().boundingBox())).toEqual(inWhole(await originals.boundingBox()));
    // A ring for each lung.
    const rings = await outlines.first().locator('path').first().getAttribute('d');
    expect(rings?.match(/M/g)).toHaveLength(2);

    await page.getByText('Overlay', { exact: true }).click();
    await expect.poll(() => outlines.count()).toBe(1);
    await page.keyboard.press('l');
    await expect.poll(() => outlines.count()).toBe(0);
    await page.getByText('Side by side', { exact: true }).click();
    await button.click();
    await expect.poll(() => outlines.count()).toBe(2);

    await page.getByRole('button', { name: 'Withdraw' }).click();
    const reason = page.getByRole('dialog').getByLabel('Reason');
    await reason.pressSequentially('still typed');
    expect(await reason.inputValue()).toBe('still typed');
    expect(await outlines.count()).toBe(2);

    const pictures = /\/images\//;
    await page.route(pictures, (route) =>
      route.request().resourceType() === 'image' ? route.abort() : route.continue(),
    );
    await page.reload();
    await page.getByText('The image could not be loaded.').first().waitFor({ timeout: 30_000 });
    await page.keyboard.press('l');
    await expect.poll(() => button.getAttribute('aria-pressed')).toBe('true');
    expect(await outlines.count()).toBe(0);
    await page.unroute(pictures);
  }, 180_000);

  it('sees the type of a suspected pneumonia as a hint below the result', async () => {
    const study = await submit('TYPE-1', 10);
    await expect
      .poll(async () => (await client.study(study))?.readingState, { timeout: 60_000 })
      .toBe('CLASSIFIED');
    const { context, page: reader } = await visit(browser, portal);
    await signIn(reader, portal, 'Administrator');
    // As a model with a second head answers, whatever the one in use says of a phantom; nothing newer comes by the socket.
    await reader.routeWebSocket(/graphql/, () => {});
    const answer = async (decision: string, says: string) => {
      await reader.unroute(/graphql/);
      await reader.route(/graphql/, async (route) => {
        const response = await route.fetch();
        const type = `{"__typename":"PneumoniaType","bacterial":0.6,"viral":0.2,"says":"${says}"}`;
        const body = (await response.text())
          .replace(/"decision":"[A-Z]+"/g, `"decision":"${decision}"`)
          .replace(/"type":(null|\{[^}]*\})/, `"type":${type}`);
        await route.fulfill({ response, body });
      });
      await reader.goto(`${portal}/studies/${study}`);
      await reader.getByRole('heading', { name: 'TYPE-1' }).waitFor();
    };
    await answer('PNEUMONIA', 'BACTERIAL');
    await reader.getByText('Looks more like bacterial pneumonia (75 %) than viral (25 %).').waitFor();
    await reader.getByText('A hint only, learnt from children of one hospital').waitFor();
    await answer('PNEUMONIA', 'UNCERTAIN');
    await reader.getByText('Bacterial or viral: uncertain.').waitFor();
    await answer('NORMAL', 'BACTERIAL');
    await reader.getByText('does not rule it out').waitFor();
    expect(await reader.getByText('Looks more like').count()).toBe(0);
    await context.close();
  }, 120_000);

  it('is told in its place that an image is missing, with another try, and no heatmap lies over nothing', async () => {
    await submit('MISSING-1', 7);
    const originals = /\/images\//;
    await page.route(originals, (route) =>
      route.request().resourceType() === 'image' ? route.abort() : route.continue(),
    );
    await open('MISSING-1');
    const message = page.getByText('The image could not be loaded.').first();
    await message.waitFor({ timeout: 30_000 });
    expect(await page.getByTestId('heatmap').count()).toBe(0);
    await page.unroute(originals);
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await expect.poll(() => hasLoaded(page, 'img[alt^="Original"]'), { timeout: 20_000 }).toBe(true);
    await expect.poll(() => message.count()).toBe(0);
  }, 90_000);

  it('types into the search with pauses, and every key lands', async () => {
    const search = page.getByLabel('Patient reference starts with');
    await search.click();
    for (const key of 'STEADY') {
      await page.keyboard.type(key);
      await page.waitForTimeout(350);
    }
    expect(await search.inputValue()).toBe('STEADY');
    await expect.poll(() => page.url()).toBe(`${portal}/?reference=STEADY`);
  }, 60_000);

  it('finds list, filters and place again after Back, a reload and the way back of a study', async () => {
    await submitMany('MANY');
    await page.goto(`${portal}/?reference=MANY`);
    await page.getByRole('button', { name: 'Load more' }).click();
    const last = page.getByRole('link', { name: 'MANY-' }).nth(many - 2);
    await last.scrollIntoViewIfNeeded();
    await page.waitForTimeout(200);
    const scrolled = () => page.evaluate(() => Math.round(window.scrollY));
    const place = await scrolled();
    expect(place).toBeGreaterThan(200);
    const isBack = async () => {
      await last.waitFor();
      await expect.poll(scrolled).toBe(place);
      expect(page.url()).toBe(`${portal}/?reference=MANY&rows=50`);
    };
    const study = async () => {
      await last.click();
      await page.getByRole('link', { name: 'Worklist' }).nth(1).waitFor();
      await page.getByRole('heading', { name: 'Assessment' }).waitFor();
    };
    await study();
    await page.goBack();
    await isBack();
    await page.reload();
    await isBack();
    await study();
    await page.getByRole('article').getByRole('link', { name: 'Worklist' }).click();
    await isBack();
  }, 240_000);

  it('skips to the content without a step that Back would stumble over', async () => {
    await submit('SKIP-1', 8);
    await open('SKIP-1');
    const address = page.url();
    await page.getByRole('link', { name: 'Skip to content' }).focus();
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
    expect(page.url()).toBe(address);
    await page.goBack();
    await page.getByRole('heading', { name: 'Worklist' }).waitFor();
    expect(page.url()).toBe(`${portal}/?reference=SKIP-1`);
  }, 60_000);

  it.runIf(process.env.UPDATE_PICTURES)(
    'is shown in the picture of the README',
    async () => {
      const bytes = Buffer.from(await drawPhantom({ seed: 201, pneumonia: true, width: 2000, height: 1600 }));
      const patientReference = 'SAMPLE-201';
      await client.submit(bytes, { siteId, patientReference, patientAgeMonths: 33 });
      await open(patientReference);
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.getByText(/^Checked:|Take this heatmap with care/).waitFor({ timeout: 90_000 });
      await expect.poll(() => hasLoaded(page, '[data-testid=heatmap]')).toBe(true);
      await page.screenshot({ path: join(root, 'docs/images/study.png'), fullPage: true });
    },
    180_000,
  );
});
