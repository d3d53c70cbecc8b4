import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** CHROMIUM_BIN, else the first on the PATH, else where Debian puts it; null when there is none. */
function findChromium(): string | null {
  if (process.env.CHROMIUM_BIN) return process.env.CHROMIUM_BIN;
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin'];
  const places = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return places.find(isProgram) ?? null;
}

const found = findChromium();

/** CI must have a browser; anywhere else tests without one are skipped. */
export const browserTestsAreSkipped = !found && !process.env.CI;
/** For the names of such tests. */
export const whySkipped = browserTestsAreSkipped
  ? ' (skipped: no Chromium found; install it or set CHROMIUM_BIN)'
  : '';

export async function launchChromium(): Promise<Browser> {
  if (!found) throw new Error('no Chromium was found; install it or set CHROMIUM_BIN');
  return await chromium.launch({
    executablePath: found,
    args: [
      // Containers that run tests as root have no user namespaces for the sandbox.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
