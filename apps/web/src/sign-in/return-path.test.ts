import { describe, expect, it } from 'vitest';
import { safeReturnPath } from './return-path';

describe('the way back after signing in', () => {
  it('keeps a path of this portal with its query', () => {
    expect(safeReturnPath('/studies/U3R1ZHk6MQ%3D%3D')).toBe('/studies/U3R1ZHk6MQ%3D%3D');
    expect(safeReturnPath('/?state=waiting&site=a%20b')).toBe('/?state=waiting&site=a%20b');
  });

  it.each([
    'https://elsewhere.example/',
    '//elsewhere.example/',
    '/\\elsewhere.example/',
    '/\\/elsewhere.example/',
    '/\t/elsewhere.example/',
    '/\n/elsewhere.example',
    '/.//elsewhere.example',
    '/x/..//elsewhere.example',
    'javascript:alert(1)',
    'data:text/html,x',
    ' /studies',
    '',
    null,
    undefined,
    `/${'a'.repeat(3000)}`,
  ])('never leaves the portal for %j', (hostile) => {
    expect(safeReturnPath(hostile)).toBe('/');
  });

  it('does not loop through the sign-in pages', () => {
    expect(safeReturnPath('/sign-in?returnTo=/')).toBe('/');
    expect(safeReturnPath('/auth/sign-in')).toBe('/');
    expect(safeReturnPath('/x/../auth/callback')).toBe('/');
    expect(safeReturnPath('/authors')).toBe('/authors');
  });
});
