import { describe, expect, it } from 'vitest';
import { subjectOf } from './person-of-tab';

const token = (claims: object) => `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;

describe('whom a tab belongs to', () => {
  it('is told by the access token, where it says so', () => {
    expect(subjectOf(token({ sub: 'someone>?', roles: ['ÿÿÿ~~~'] }))).toBe('someone>?');
    for (const opaque of ['', 'opaque', 'a.b.c', token({ name: 'nobody' })]) {
      expect(subjectOf(opaque)).toBeNull();
    }
  });
});
