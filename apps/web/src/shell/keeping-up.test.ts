import { expect, it } from 'vitest';
import { keepingUp } from './keeping-up';

it('says nothing while the AI keeps up, how far it is behind, and to read without it while it is away', () => {
  expect(keepingUp({ state: 'ON_TIME', oldestWaitingSeconds: 12 })).toBeNull();
  expect(keepingUp({ state: 'BEHIND', oldestWaitingSeconds: 43 })).toContain('about 40 seconds');
  expect(keepingUp({ state: 'BEHIND', oldestWaitingSeconds: 280 })).toContain('about 5 minutes');
  expect(keepingUp({ state: 'AWAY', oldestWaitingSeconds: 280 })).toContain('read urgent ones without it');
});
