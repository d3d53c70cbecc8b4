import { xRayFile } from '@lucency/dicom/samples';
import { drawPhantom } from '@lucency/imaging';
import { encodeRaster, readRaster } from '@lucency/imaging/drawing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserTestsAreSkipped, whySkipped } from './chromium.js';
import { hasLoaded, seriousViolations, signIn, visit } from './portal.js';
import { type RunningPortal, startPortal } from './running-portal.js';

const jpegBaseline = '1.2.840.10008.1.2.4.50';

describe.skipIf(browserTestsAreSkipped)(`DICOM files in a browser${whySkipped}`, () => {
  let running: RunningPortal;
  let browser: Browser;
  let page: Page;
  let portal: string;

  beforeAll(async () => {
    running = await startPortal();
    ({ browser, portal } = running);
    ({ page } = await visit(browser, portal));
    await signIn(page, portal, 'Technologist, North Site');
  }, 240_000);
  afterAll(async () => {
    await running?.close();
  }, 60_000);

  async function instance(seed: number, view: string) {
    const [width, height] = [2000, 1600];
    const drawn = await drawPhantom({ seed, pneumonia: true, width, height });
    const frame = await encodeRaster(await readRaster(drawn, width));
    const elements = [
      { tag: 0x00080018, vr: 'UI', value: `2.25.9${seed}` },
      { tag: 0x00080022, vr: 'DA', value: '20260302' },
      { tag: 0x00080050, vr: 'SH', value: 'A-17' },
      { tag: 0x00100010, vr: 'PN', value: 'Never^Shown' },
      { tag: 0x00100020, vr: 'LO', value: 'DICOM-1' },
      { tag: 0x00100030, vr: 'DA', value: '20221015' },
      { tag: 0x00185101, vr: 'CS', value: view },
    ];
    const file = xRayFile(
      { width, height, bits: 8, bitsAllocated: 8, frame },
      { syntax: jpegBaseline, elements },
    );
    return { name: `IM000${seed}`, mimeType: '', buffer: file };
  }

  it('become one study of their examination, filled in from their headers, and only frontal views are read', async () => {
    await page.getByRole('navigation').getByRole('link', { name: 'Submit' }).click();
    await page
      .getByLabel('X-ray images', { exact: true })
      .setInputFiles([await instance(16, 'PA'), await instance(17, 'LL')]);
    const row = page.getByRole('listitem', { name: 'IM00016' });
    await expect.poll(() => row.getByLabel('Patient reference').inputValue()).toBe('DICOM-1');
    expect(await row.getByLabel('Years').inputValue()).toBe('3');
    expect(await row.getByLabel('Months').inputValue()).toBe('4');
    await row.getByText('From the DICOM header: PA view, accession A-17, taken 2026-03-02').waitFor();
    expect(await page.getByText('Never^Shown').count()).toBe(0);
    expect(await seriousViolations(page)).toEqual([]);

    await page.getByRole('button', { name: /^Submit \d X-rays$/ }).click();
    const links = page.getByRole('link', { name: 'Open study' });
    await expect.poll(() => links.count(), { timeout: 30_000 }).toBe(2);
    const addresses = await links.evaluateAll((found) => found.map((link) => link.getAttribute('href')));
    expect(new Set(addresses).size).toBe(1);

    await links.first().click();
    await page.getByRole('heading', { name: 'DICOM-1' }).waitFor();
    const frontal = page.getByRole('region', { name: /^Image \d of 2: PA view$/ });
    await frontal.getByText('probability of pneumonia').waitFor({ timeout: 60_000 });
    const lateral = page.getByRole('region', { name: /^Image \d of 2: Lateral view$/ });
    await lateral.getByText('This image is not read').waitFor();
    for (const view of ['PA view', 'Lateral view']) {
      const original = `[aria-label$="of 2: ${view}"] img[alt^="Original"]`;
      await expect.poll(() => hasLoaded(page, original), { timeout: 20_000 }).toBe(true);
    }
  }, 240_000);
});
