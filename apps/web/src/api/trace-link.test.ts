import { expect, it } from 'vitest';
import { newTraceparent } from './trace-link';

it('begins a trace of its own with each operation, as version 00 of W3C Trace Context writes it', () => {
  const shape = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-01$/;
  const [first, second] = [newTraceparent(), newTraceparent()];
  expect(first).toMatch(shape);
  expect(second).toMatch(shape);
  expect(second.slice(3, 35)).not.toBe(first.slice(3, 35));
});
