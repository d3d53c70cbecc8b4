import { describe, expect, it } from 'vitest';
import { isPartMissing } from './new-version';

describe('a page that broke', () => {
  it('is loaded anew where a part of it is missing, and only there', () => {
    const named = Object.assign(new Error('Failed to load chunk /_next/x.js'), { name: 'ChunkLoadError' });
    expect(isPartMissing(named)).toBe(true);
    expect(isPartMissing(new TypeError('Failed to fetch dynamically imported module: /x.js'))).toBe(true);
    expect(isPartMissing(new TypeError('x is undefined'))).toBe(false);
  });
});
