import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Vite would take graphql's module build while its plugins take the other, and it refuses to exist twice.
  resolve: { alias: [{ find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql') }] },
  test: {
    include: [
      '{apps,packages,tests}/*/src/**/*.test.{ts,tsx}',
      'training/src/**/*.test.ts',
      'bench/src/**/*.test.ts',
      'capacity/src/**/*.test.ts',
      'load-tests/src/**/*.test.ts',
    ],
    exclude: ['**/node_modules/**', '**/dist/**', '**/.next/**'],
    globalSetup: ['packages/dev-stack/src/testing/global-setup.ts'],
    pool: 'forks',
    // Tests start servers and models of their own; more at once only makes each slower.
    maxWorkers: Math.max(1, Math.min(4, availableParallelism() - 1)),
    testTimeout: 60_000,
    hookTimeout: 120_000,
    teardownTimeout: 20_000,
    reporters: ['default'],
  },
});
