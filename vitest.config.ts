import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { chromiumArguments, findChromium } from './packages/dev-stack/src/processes/find-chromium.ts';

const inBrowser = '**/*.browser.test.tsx';

/** Of services, packages and whole platforms; they start what they need. */
const node: TestProjectInlineConfiguration = {
  // Vite would take graphql's module build while its plugins take the other, and it refuses to exist twice.
  resolve: { alias: [{ find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql') }] },
  test: {
    name: 'node',
    include: [
      '{apps,packages,tests}/*/src/**/*.test.{ts,tsx}',
      'training/src/**/*.test.ts',
      'bench/src/**/*.test.ts',
      'capacity/src/**/*.test.ts',
      'load-tests/src/**/*.test.ts',
    ],
    exclude: ['**/node_modules/**', '**/dist/**', '**/.next/**', inBrowser],
    globalSetup: ['packages/dev-stack/src/testing/global-setup.ts'],
    pool: 'forks',
    // Tests start servers and models of their own; more at once only makes each slower.
    maxWorkers: Math.max(1, Math.min(4, availableParallelism() - 1)),
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
};

/** The portal's components in a browser, with the styles that people see. */
function components(executablePath: string | null): TestProjectInlineConfiguration {
  return {
    root: 'apps/web',
    define: { 'process.env': {} },
    test: {
      name: 'components',
      include: [inBrowser],
      testTimeout: 60_000,
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({
          launchOptions: { args: chromiumArguments, ...(executablePath && { executablePath }) },
        }),
        instances: [{ browser: 'chromium' }],
      },
    },
  };
}

const chromium = findChromium();
const isSkipped = !chromium && !process.env.CI;
if (isSkipped) {
  console.warn(
    "The portal's component tests are skipped: no Chromium found; install it or set CHROMIUM_BIN.",
  );
}

export default defineConfig({
  test: {
    projects: isSkipped ? [node] : [node, components(chromium)],
    teardownTimeout: 20_000,
    reporters: ['default'],
  },
});
