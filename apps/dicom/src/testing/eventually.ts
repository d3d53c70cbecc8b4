import { vi } from 'vitest';

/** Waits until the assertion holds, on however busy a machine. */
export function eventually(assertion: () => void | Promise<void>): Promise<void> {
  return vi.waitFor(assertion, { timeout: 20_000, interval: 20 });
}
