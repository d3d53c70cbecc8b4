import type { LucencyClient } from '@lucency/client';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserTestsAreSkipped, whySkipped } from './chromium.js';
import { seriousViolations, signIn, visit } from './portal.js';
import { readStudy } from './read-study.js';
import { type RunningPortal, startPortal } from './running-portal.js';

describe.skipIf(browserTestsAreSkipped)(`reviews in a browser${whySkipped}`, () => {
  let running: RunningPortal;
  let browser: Browser;
  let portal: string;
  let page: Page;
  let client: LucencyClient;

  beforeAll(async () => {
    running = await startPortal();
    ({ browser, portal } = running);
    client = running.client('technologist-north');
  }, 240_000);
  afterAll(async () => {
    await running?.close();
  }, 60_000);

  const read = (seed: number, priority: 'STAT' | 'ROUTINE') =>
    readStudy(client, { seed, priority, patientReference: `REVIEW-${priority}-${seed}` });

  const heading = (reference: string) => page.getByRole('heading', { name: reference, level: 1 });

  it('a radiologist clears the most urgent first by keyboard alone, and what was signed is shown', async () => {
    await read(16, 'ROUTINE');
    await read(17, 'STAT');
    await read(25, 'ROUTINE');
    ({ page } = await visit(browser, portal));
    await signIn(page, portal, 'Radiologist, both sites');
    await page.goto(`${portal}/?state=unreviewed&order=MOST_URGENT_FIRST`);
    const rows = page.getByRole('row', { name: /REVIEW-/ });
    await expect.poll(() => rows.count(), { timeout: 20_000 }).toBe(3);
    expect(await rows.first().textContent()).toContain('REVIEW-STAT-17');
    await rows.first().getByRole('link').focus();
    await page.keyboard.press('Enter');

    await heading('REVIEW-STAT-17').waitFor();
    await page.getByRole('button', { name: 'Sign', exact: true }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press('Control+Enter');
    await page.getByText('Say first whether you agree').waitFor();
    await page.keyboard.press('a');
    await page.keyboard.press('Control+Enter');
    // The next study opens by itself.
    await heading('REVIEW-STAT-17').waitFor({ state: 'detached' });
    const second = await page.getByRole('heading', { level: 1 }).textContent();
    expect(second).toMatch(/^REVIEW-ROUTINE-/);
    await page.getByRole('button', { name: 'Disagree' }).waitFor();

    await page.keyboard.press('d');
    await page.getByLabel('Comment').fill('Thymus, not a consolidation.');
    await page.getByLabel('Comment').press('Control+Enter');
    await heading(second ?? '').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Uncertain' }).waitFor();
    await page.keyboard.press('u');
    await page.getByLabel('Finding').selectOption('Atelectasis');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Nothing else waits for a review.').waitFor();
    await page.getByText('Uncertain about the answer of the AI').waitFor();

    await page.goto(`${portal}/`);
    const row = page.getByRole('row', { name: new RegExp(second ?? '') });
    await row.getByText('Signed', { exact: true }).waitFor();
    await row.getByRole('link').click();
    await page.getByText('Thymus, not a consolidation.').waitFor();
    await page.getByText(/^Signed by Radiologist, both sites/).waitFor();

    await page.getByRole('button', { name: 'Add an addendum' }).click();
    await page.keyboard.press('a');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Addendum', { exact: true }).waitFor();
    await page.getByText('Thymus, not a consolidation.').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
  }, 240_000);

  it('whoever may not sign sees what was signed, and no form', async () => {
    const { page: other } = await visit(browser, portal);
    await signIn(other, portal, 'Technologist, North Site');
    await other.getByRole('link', { name: /REVIEW-STAT-17/ }).click();
    await other.getByRole('heading', { name: 'Review', exact: true }).waitFor();
    expect(await other.getByRole('button', { name: 'Sign', exact: true }).count()).toBe(0);
    expect(await other.getByRole('button', { name: 'Next study' }).count()).toBe(0);
  }, 60_000);
});
