import { chromiumArguments, findChromium } from '@lucency/dev-stack';
import { type Browser, chromium } from 'playwright-core';

const found = findChromium();

/** CI must have a browser; anywhere else tests without one are skipped. */
export const browserTestsAreSkipped = !found && !process.env.CI;
/** For the names of such tests. */
export const whySkipped = browserTestsAreSkipped
  ? ' (skipped: no Chromium found; install it or set CHROMIUM_BIN)'
  : '';

export async function launchChromium(): Promise<Browser> {
  if (!found) throw new Error('no Chromium was found; install it or set CHROMIUM_BIN');
  return await chromium.launch({ executablePath: found, args: chromiumArguments });
}
