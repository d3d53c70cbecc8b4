import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LucencyClient, openHome, type Stack, startStack } from '@lucency/dev-stack';
import { drawPhantom } from '@lucency/imaging';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium } from './chromium.js';
import { hasLoaded, seriousViolations, signIn, visit } from './portal.js';

const root = join(import.meta.dirname, '../../..');
const chromium = findChromium();
const skipped = !chromium && !process.env.CI;
const why = skipped ? ' (skipped: no Chromium found; install it or set CHROMIUM_BIN)' : '';

describe.skipIf(skipped)(`a study of several images in a browser${why}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'lucency-several-images-'));
  let stack: Stack;
  let browser: Browser;
  let page: Page;
  let portal: string;
  let client: LucencyClient;
  let siteId: string;

  beforeAll(async () => {
    if (!chromium) throw new Error('CI is set but no Chromium was found; install it or set CHROMIUM_BIN');
    stack = await startStack({ root, home: openHome(folder), anyPorts: true });
    portal = stack.around.portalUrl;
    browser = await launchChromium(chromium);
    ({ page } = await visit(browser, portal));
    await signIn(page, portal, 'Administrator');
    client = new LucencyClient({
      url: stack.around.gatewayUrl,
      token: () => stack.around.signIn.tokenFor('technologist-north'),
    });
    siteId = (await client.sites()).get('Harbour North') ?? '';
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  async function uploaded(seed: number, view: string) {
    const bytes = Buffer.from(await drawPhantom({ seed, pneumonia: true, width: 2000, height: 1600 }));
    return { uploadId: await client.upload({ siteId, bytes, patientReference: '' }), view };
  }

  const image = (title: string) => page.getByRole('region', { name: title });

  it('shows each image with its view, its state and its own reading and heatmap, and a late one when it comes', async () => {
    const images = [await uploaded(16, 'PA'), await uploaded(22, 'LATERAL')];
    const input = {
      siteId,
      patientReference: 'SEVERAL-1',
      patientAgeMonths: 40,
      idempotencyKey: 'several-1',
      images,
    };
    const { submitStudy } = await client.get<{ submitStudy: { study: { id: string } } }>(
      `mutation ($input: SubmitStudyInput!) {
        submitStudy(input: $input) { ... on SubmitStudyPayload { study { id } } } }`,
      { input },
    );
    const { id } = submitStudy.study;
    await page.goto(`${portal}/studies/${id}`);
    await page.getByRole('heading', { name: 'SEVERAL-1' }).waitFor();

    const frontal = image('Image 1 of 2: PA view');
    await frontal.getByText('probability of pneumonia').waitFor({ timeout: 60_000 });
    const lateral = image('Image 2 of 2: Lateral view');
    await lateral.getByText('This image is not read').waitFor();
    await lateral.getByText('The AI reads frontal views only.').waitFor();
    await lateral.getByText('Not read', { exact: true }).waitFor();
    await expect
      .poll(() => hasLoaded(page, '[aria-label^="Image 2 of 2"] img[alt^="Original"]'), { timeout: 20_000 })
      .toBe(true);
    expect(await lateral.getByText('Heatmap').count()).toBe(0);
    await frontal.getByText(/^Checked:|Take this heatmap with care/).waitFor({ timeout: 90_000 });
    expect(await seriousViolations(page)).toEqual([]);

    await client.get(
      `mutation ($input: AddImagesInput!) { addImages(input: $input) { __typename ... on Error { message } } }`,
      { input: { studyId: id, images: [await uploaded(17, 'AP')] } },
    );
    await image('Image 3 of 3: AP view').getByText('probability of pneumonia').waitFor({ timeout: 60_000 });
  }, 240_000);
});
