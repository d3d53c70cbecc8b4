import type { DescribedUpload, LucencyClient } from '@lucency/client';
import { siteNamed } from '@lucency/dev-stack';
import { drawPhantom } from '@lucency/imaging';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserTestsAreSkipped, whySkipped } from './chromium.js';
import { hasLoaded, seriousViolations, signIn, visit } from './portal.js';
import { type RunningPortal, startPortal } from './running-portal.js';

describe.skipIf(browserTestsAreSkipped)(`a study of several images in a browser${whySkipped}`, () => {
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

  async function uploaded(seed: number, view: DescribedUpload['view']): Promise<DescribedUpload> {
    const bytes = Buffer.from(await drawPhantom({ seed, pneumonia: true, width: 2000, height: 1600 }));
    return { uploadId: (await client.upload(bytes, { siteId })).id, view };
  }

  const image = (title: string) => page.getByRole('region', { name: title });

  it('shows each image with its view, its state and its own reading and heatmap, and a late one when it comes', async () => {
    const images = [await uploaded(16, 'PA'), await uploaded(22, 'LATERAL')];
    const facts = { siteId, patientReference: 'SEVERAL-1', patientAgeMonths: 40 };
    const { id } = (await client.submitUploads(images, facts)).study;
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

    await client.addUploads(id, [await uploaded(17, 'AP')]);
    await image('Image 3 of 3: AP view').getByText('probability of pneumonia').waitFor({ timeout: 60_000 });
  }, 240_000);
});
