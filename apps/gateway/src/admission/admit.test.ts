import { describe, expect, it } from 'vitest';
import { admit } from './admit.js';
import { longerSeconds, recentSeconds, type SiteLoad, type Workload } from './workload.js';

const limits = { ROUTINE: 20, STAT: 40 };
const noSpread = () => 0;

function workload(sites: SiteLoad[], perSecond: number, perSecondBefore = perSecond): Workload {
  return {
    sites,
    answered: perSecond * recentSeconds,
    answeredLonger: perSecondBefore * longerSeconds,
    answeredSecondsAgo: 0,
  };
}

function load(siteId: string, waiting: number, priority: SiteLoad['priority'] = 'ROUTINE'): SiteLoad {
  return { siteId, priority, waiting, standing: Math.min(waiting, 10), oldestSeconds: 3 };
}

/** At 10 studies a second unless told, so that 100 waiting are 10 s. */
function ask(
  sites: SiteLoad[],
  siteId: string,
  { priority = 'ROUTINE', perSecond = 10 }: { priority?: SiteLoad['priority']; perSecond?: number } = {},
) {
  return admit(workload(sites, perSecond), { siteId, priority }, limits, noSpread);
}

describe('admission', () => {
  it('takes everyone while one more can be read in time, however much waits', () => {
    expect(ask([load('a', 99)], 'a')).toBeNull();
    expect(ask([load('a', 9_900)], 'a', { perSecond: 1_000 })).toBeNull();
  });

  it('refuses the only site once one more would wait too long', () => {
    expect(ask([load('a', 300)], 'a')).toBe(20);
  });

  it('refuses the site that floods the queue, and takes a small one and a new one', () => {
    const sites = [load('flood', 150), load('small', 3)];
    expect(ask(sites, 'flood')).toBe(6);
    expect(ask(sites, 'small')).toBeNull();
    expect(ask(sites, 'new')).toBeNull();
  });

  it('refuses all once the wait is twice the limit: nobody would be answered in time', () => {
    const sites = [load('flood', 250), load('small', 3)];
    expect(ask(sites, 'small')).toBe(16);
    expect(ask(sites, 'new')).toBe(16);
  });

  it('takes STAT under any flood of routine, and refuses it only for STAT before it', () => {
    const flood = load('a', 9_000);
    expect(ask([flood], 'a', { priority: 'STAT' })).toBeNull();
    expect(ask([flood, load('a', 190, 'STAT')], 'a', { priority: 'STAT' })).toBeNull();
    expect(ask([flood, load('a', 290, 'STAT')], 'a', { priority: 'STAT' })).toBe(9);
  });

  it('takes a burst out of nothing while nothing stands in the queue yet, though hardly anything was answered', () => {
    const burst: SiteLoad = { siteId: 'a', priority: 'ROUTINE', waiting: 50, standing: 0, oldestSeconds: 1 };
    expect(ask([burst], 'a', { perSecond: 0.4 })).toBeNull();
  });

  it('goes by the better pace: a pause of a moment is none, and new workers count at once', () => {
    const refusal = (lately: number, longer: number) =>
      admit(
        workload([load('a', 150)], lately, longer),
        { siteId: 'a', priority: 'ROUTINE' },
        limits,
        noSpread,
      );
    expect(refusal(10, 10)).toBe(5);
    expect(refusal(0, 20)).toBeNull();
    expect(refusal(20, 5)).toBeNull();
  });

  it('goes by age where nothing is answered at all, and then only after a minute', () => {
    const waiting = (oldestSeconds: number) => [{ ...load('a', 20), oldestSeconds }];
    expect(ask(waiting(69), 'a', { perSecond: 0 })).toBeNull();
    expect(ask(waiting(85), 'a', { perSecond: 0 })).toBe(15);
  });

  it('does not mind a few studies that crash their workers for minutes', () => {
    const crashing: SiteLoad = {
      siteId: 'a',
      priority: 'ROUTINE',
      waiting: 4,
      standing: 4,
      oldestSeconds: 300,
    };
    expect(ask([crashing], 'a', { perSecond: 0 })).toBeNull();
  });

  it('asks to come back after 5 s to 3 minutes, spread out', () => {
    const back = (waiting: number, random: number) =>
      admit(workload([load('a', waiting)], 10), { siteId: 'a', priority: 'ROUTINE' }, limits, () => random);
    expect(back(101, 0)).toBe(5);
    expect(back(101, 0.9)).toBe(8);
    expect(back(90_000, 0.999)).toBe(180);
  });
});
