import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';

export interface Visit {
  context: BrowserContext;
  page: Page;
  /** What the browser complained about: blocked by the content security policy, or thrown. */
  complaints: string[];
}

export type ColorScheme = 'light' | 'dark';

/** A browser profile of its own, on the portal's front page, not signed in. */
export async function visit(
  browser: Browser,
  portalUrl: string,
  colorScheme: ColorScheme = 'light',
): Promise<Visit> {
  const context = await browser.newContext({ colorScheme, viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) complaints.push(message.text());
  });
  await page.goto(portalUrl);
  return { context, page, complaints };
}

/** Through the real sign-in, as the demo person of this name. */
export async function signIn(page: Page, portalUrl: string, person: string): Promise<void> {
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: person, exact: true }).click();
  await page.waitForURL(`${portalUrl}/`);
  await page.getByRole('heading', { name: 'Worklist' }).waitFor();
}

/** Axe's findings that keep people out, in one line each. */
export async function seriousViolations(page: Page): Promise<string[]> {
  // A panel that is still fading in has the contrast of nothing that anyone reads.
  await page.evaluate(async () => {
    const passing = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(passing.map(({ finished }) => finished));
  });
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

/** Whether the image has its pixels, not only its element. */
export async function hasLoaded(page: Page, selector: string): Promise<boolean> {
  return await page
    .locator(selector)
    .evaluate((image) => image instanceof HTMLImageElement && image.complete && image.naturalWidth > 0);
}
