import { describe, expect, it } from 'vitest';
import { admit } from './admit.js';
import type { SiteLoad } from './workload.js';

const limits = { ROUTINE: 60, STAT: 120 };
const noSpread = () => 0;

function load(
  siteId: string,
  waiting: number,
  oldestSeconds: number,
  priority: SiteLoad['priority'] = 'ROUTINE',
): SiteLoad {
  return {
    siteId,
    priority,
    waiting,
    late: oldestSeconds > limits[priority] ? Math.min(waiting, 10) : 0,
    oldestSeconds,
  };
}
const ask = (sites: SiteLoad[], siteId: string, priority: SiteLoad['priority'] = 'ROUTINE') =>
  admit(sites, { siteId, priority }, limits, noSpread);

describe('admission', () => {
  it('takes everyone while nothing waits too long, however much waits', () => {
    expect(ask([load('a', 10_000, 59)], 'a')).toBeNull();
  });

  it('refuses the only site once its studies wait too long', () => {
    expect(ask([load('a', 100, 80)], 'a')).toBe(20);
  });

  it('refuses the site that floods the queue, and takes a small one and a new one', () => {
    const sites = [load('flood', 500, 90), load('small', 3, 90)];
    expect(ask(sites, 'flood')).toBe(30);
    expect(ask(sites, 'small')).toBeNull();
    expect(ask(sites, 'new')).toBeNull();
  });

  it('refuses all once the wait is twice the limit: nobody would be answered in time', () => {
    const sites = [load('flood', 500, 121), load('small', 3, 121)];
    expect(ask(sites, 'small')).toBe(61);
    expect(ask(sites, 'new')).toBe(61);
  });

  it('takes STAT under any flood of routine, and refuses it only for its own queue', () => {
    const flood = load('a', 9_000, 900);
    expect(ask([flood], 'a', 'STAT')).toBeNull();
    expect(ask([flood, load('a', 50, 119, 'STAT')], 'a', 'STAT')).toBeNull();
    expect(ask([flood, load('a', 50, 150, 'STAT')], 'a', 'STAT')).toBe(30);
  });

  it('does not mind a few studies that crash their workers for minutes', () => {
    const crashing: SiteLoad = { siteId: 'a', priority: 'ROUTINE', waiting: 4, late: 4, oldestSeconds: 300 };
    expect(ask([crashing], 'a')).toBeNull();
  });

  it('asks to come back after 5 s to 3 minutes, spread out', () => {
    const back = (oldest: number, random: number) =>
      admit([load('a', 10, oldest)], { siteId: 'a', priority: 'ROUTINE' }, limits, () => random);
    expect(back(61, 0)).toBe(5);
    expect(back(61, 0.9)).toBe(8);
    expect(back(9_000, 0.999)).toBe(180);
  });
});
