import type { LucencyClient } from '@lucency/client';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserTestsAreSkipped, whySkipped } from './chromium.js';
import { seriousViolations, signIn, visit } from './portal.js';
import { readStudy } from './read-study.js';
import { type RunningPortal, startPortal } from './running-portal.js';

describe.skipIf(browserTestsAreSkipped)(`two radiologists at one worklist${whySkipped}`, () => {
  let running: RunningPortal;
  let browser: Browser;
  let portal: string;
  let client: LucencyClient;

  beforeAll(async () => {
    running = await startPortal();
    ({ browser, portal } = running);
    client = running.client('technologist-north');
  }, 240_000);
  afterAll(async () => {
    await running?.close();
  }, 60_000);

  async function read(seed: number, priority: 'STAT' | 'ROUTINE'): Promise<string> {
    const patientReference = `SHARED-${priority}-${seed}`;
    await readStudy(client, { seed, priority, patientReference });
    return patientReference;
  }

  async function atWorklist(person: string): Promise<Page> {
    const { page } = await visit(browser, portal);
    await signIn(page, portal, person);
    await page.goto(`${portal}/?state=unreviewed`);
    await page
      .getByRole('row', { name: /SHARED-/ })
      .first()
      .waitFor();
    return page;
  }

  const title = (page: Page, reference: string) => page.getByRole('heading', { name: reference, level: 1 });

  it('who opens a study second learns who reads it, cannot sign it, and is led to another', async () => {
    const stat = await read(31, 'STAT');
    const routine = await read(32, 'ROUTINE');
    const one = await atWorklist('Radiologist, both sites');
    const other = await atWorklist('Radiologist, North Site');
    // The usual order here is that of urgency.
    expect(
      await one
        .getByRole('row', { name: /SHARED-/ })
        .first()
        .textContent(),
    ).toContain(stat);

    await one.keyboard.press('j');
    await one.keyboard.press('Enter');
    await title(one, stat).waitFor();
    await one.getByText('You are reading this').waitFor();

    const row = other.getByRole('row', { name: new RegExp(stat) });
    await row.getByText('Radiologist, both sites is reading this').waitFor();
    expect(await seriousViolations(other)).toEqual([]);
    await row.getByRole('link').click();
    await title(other, stat).waitFor();
    await other.getByText('Radiologist, both sites is reading this').waitFor();
    await other.keyboard.press('a');
    await other.keyboard.press('Control+Enter');
    await other.getByRole('alert').getByText('Radiologist, both sites is reading this study.').waitFor();

    await other.getByRole('button', { name: 'Next study' }).click();
    await title(other, routine).waitFor();
    await other.getByText('You are reading this').waitFor();

    // Whoever leaves a study leaves it to others.
    await one.goBack();
    await one
      .getByRole('row', { name: new RegExp(routine) })
      .getByText('Radiologist, North Site is reading')
      .waitFor();
    await other.getByRole('button', { name: 'Uncertain' }).waitFor();
    await other.keyboard.press('n');
    await title(other, stat).waitFor();
    await other.getByText('You are reading this').waitFor();
  }, 180_000);

  it('what comes while the pointer is in the list waits behind a button, and keys lead through it', async () => {
    const page = await atWorklist('Radiologist, both sites');
    const rows = page.getByRole('row', { name: /SHARED-/ });
    await rows.first().hover();
    const before = await rows.allTextContents();
    const reference = await read(25, 'STAT');
    await page.getByRole('button', { name: '1 new' }).waitFor({ timeout: 20_000 });
    expect(await rows.count()).toBe(before.length);
    await page.getByRole('button', { name: '1 new' }).click();
    await page.getByRole('row', { name: new RegExp(reference) }).waitFor();

    await page.keyboard.press('/');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('search');
    await page.getByRole('searchbox').blur();
    await page.keyboard.press('Shift+?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('n');
    await page.getByText('You are reading this').waitFor();
  }, 120_000);
});
