import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LucencyClient, pictureFile } from '@lucency/client/node';
import { freePort, lackingOrthanc, type Orthanc, siteNamed, startOrthanc } from '@lucency/dev-stack';
import { xRayFile } from '@lucency/dicom/samples';
import { drawPhantom } from '@lucency/imaging';
import { encodeRaster, readRaster } from '@lucency/imaging/drawing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserTestsAreSkipped, whySkipped } from './chromium.js';
import { seriousViolations, signIn, visit } from './portal.js';
import { type RunningPortal, startPortal } from './running-portal.js';

const jpegBaseline = '1.2.840.10008.1.2.4.50';
const examination = '2.25.20261130';
const reference = 'DELIVERED-16';

const skipped = browserTestsAreSkipped || lackingOrthanc;

describe.skipIf(skipped)(`destinations and deliveries in a browser${whySkipped || lackingOrthanc}`, () => {
  let running: RunningPortal;
  let archive: Orthanc;
  let browser: Browser;
  let portal: string;
  let page: Page;
  let client: LucencyClient;
  const folder = mkdtempSync(join(tmpdir(), 'lucency-deliveries-'));

  beforeAll(async () => {
    [running, archive] = await Promise.all([startPortal(), startOrthanc()]);
    ({ browser, portal } = running);
    client = running.client('technologist-north');
  }, 240_000);
  afterAll(async () => {
    await Promise.all([running?.close(), archive?.kill()]);
    rmSync(folder, { recursive: true });
  }, 60_000);

  async function submit(seed: number): Promise<void> {
    const siteId = await siteNamed(client, 'Harbour North');
    const [width, height] = [2000, 1600];
    const drawn = await drawPhantom({ seed, pneumonia: true, width, height });
    const frame = await encodeRaster(await readRaster(drawn, width));
    const elements = [
      { tag: 0x00080018, vr: 'UI', value: `${examination}.${seed}` },
      { tag: 0x00100020, vr: 'LO', value: reference },
      { tag: 0x0020000d, vr: 'UI', value: `${examination}.1${seed}` },
    ];
    const file = join(folder, `${seed}.dcm`);
    writeFileSync(
      file,
      xRayFile({ width, height, bits: 8, bitsAllocated: 8, frame }, { syntax: jpegBaseline, elements }),
    );
    const { id: uploadId } = await client.upload(await pictureFile(file), { siteId });
    const facts = { siteId, patientReference: reference, patientAgeMonths: 40 };
    await client.submitUploads([{ uploadId }], facts);
  }

  const card = () => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: /^PACS/ }) });

  it('an administrator adds a destination, reads at the field what is wrong, and why a test failed', async () => {
    ({ page } = await visit(browser, portal));
    await signIn(page, portal, 'Administrator');
    await page.getByRole('link', { name: 'Destinations' }).click();
    await page.getByRole('heading', { name: 'Destinations', level: 1 }).waitFor();
    await page.getByText('Results of this site are sent nowhere yet.').first().waitFor();
    expect(await seriousViolations(page)).toEqual([]);

    await page.getByRole('button', { name: 'Add a destination at Harbour North' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Name').fill('PACS');
    await form.getByLabel('Host').fill('127.0.0.1');
    await form.getByLabel('Port').fill(String(await freePort()));
    await form.getByRole('button', { name: 'Add destination' }).click();
    await form.getByText('An AE title has 1 to 16 printable ASCII characters and no backslash.').waitFor();
    const title = form.getByRole('textbox', { name: 'AE title', exact: true });
    expect(await title.getAttribute('aria-invalid')).toBe('true');
    expect(await title.evaluate((input) => input === document.activeElement)).toBe(true);
    expect(await seriousViolations(page)).toEqual([]);
    await title.fill(archive.aeTitle);
    await title.press('Enter');

    await form.waitFor({ state: 'detached' });
    await card().getByText('Not tested yet').waitFor();
    await card().getByRole('button', { name: 'Test PACS' }).click();
    await card()
      .getByText(/^The destination cannot be reached/)
      .waitFor({ timeout: 30_000 });
    expect(await seriousViolations(page)).toEqual([]);
  }, 240_000);

  it('mends its address, and a test is answered', async () => {
    await card().getByRole('button', { name: 'Edit PACS' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Host').fill(archive.host);
    await form.getByLabel('Port').fill(String(archive.port));
    await form.getByLabel('Calling AE title').fill(archive.callingAeTitle);
    await form.getByRole('button', { name: 'Save' }).click();
    await form.waitFor({ state: 'detached' });
    await card().getByText('Changed since the last test').waitFor();
    await card().getByRole('button', { name: 'Test PACS' }).click();
    await card().getByText('Answered').waitFor({ timeout: 30_000 });
  }, 120_000);

  it('what is read then arrives, and study and list of deliveries say so', async () => {
    await submit(16);
    await page.getByRole('link', { name: 'Worklist', exact: true }).click();
    await page.getByRole('link', { name: reference }).click();
    const sent = page.getByRole('region', { name: 'Sent to' });
    await sent.getByText('PACS').waitFor({ timeout: 60_000 });
    await expect.poll(() => sent.getByText('Delivered').count(), { timeout: 90_000, interval: 500 }).toBe(2);
    expect(await sent.getByText('Heatmap').count()).toBe(1);
    expect(await seriousViolations(page)).toEqual([]);

    await page.getByRole('link', { name: 'Deliveries' }).click();
    await page.getByText('Nothing failed').waitFor();
    const rows = page.getByRole('row', { name: new RegExp(reference) });
    await rows.nth(1).waitFor();
    expect(await rows.count()).toBe(2);
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByLabel('Content').selectOption('Tests');
    await page.waitForURL(/content=test/);
    const tests = page.getByRole('row', { name: /Test PACS/ });
    await tests.nth(1).waitFor();
    await page.reload();
    await tests.nth(1).waitFor();
    expect(await rows.count()).toBe(0);
  }, 240_000);

  it('a destination is switched off and on by keyboard, and not tested meanwhile', async () => {
    await page.getByRole('link', { name: 'Destinations' }).click();
    const on = card().getByRole('switch', { name: 'On: PACS' });
    await on.focus();
    await page.keyboard.press('Space');
    await expect.poll(() => on.isChecked()).toBe(false);
    expect(await card().getByRole('button', { name: 'Test PACS' }).isDisabled()).toBe(true);
    await on.focus();
    await page.keyboard.press('Space');
    await expect.poll(() => on.isChecked()).toBe(true);
  }, 60_000);

  it('a technologist sees what was sent and where, and no buttons', async () => {
    const { page: other } = await visit(browser, portal);
    await signIn(other, portal, 'Technologist, North Site');
    await other.getByRole('link', { name: 'Deliveries' }).click();
    await other
      .getByRole('row', { name: new RegExp(reference) })
      .first()
      .waitFor();
    expect(await other.getByRole('link', { name: 'Destinations' }).count()).toBe(0);
    expect(await other.getByRole('button', { name: /Send again/ }).count()).toBe(0);
    await other.goto(`${portal}/destinations`);
    await other.getByRole('heading', { name: /^PACS/ }).waitFor();
    expect(await other.getByRole('button', { name: /^(Add|Edit|Test)/ }).count()).toBe(0);
    expect(await other.getByRole('switch').count()).toBe(0);
    expect(await seriousViolations(other)).toEqual([]);
  }, 60_000);
});
