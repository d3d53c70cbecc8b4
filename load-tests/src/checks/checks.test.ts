import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Evidence } from '../evidence/evidence.ts';
import type { Entry } from '../journal/entry.ts';
import { judge } from '../journal/oracle.ts';
import type { RecordedStudy } from '../journal/recorded.ts';
import { abusive } from '../loads/abusive.ts';
import { average } from '../loads/average.ts';
import { smoke } from '../loads/smoke.ts';
import { spike } from '../loads/spike.ts';
import { fairToOthers } from './fairness.ts';
import { judgeRun } from './index.ts';
import { boundedMemory, limitsMiB } from './memory.ts';
import { floodEndsAt, recoversSoon } from './recovery.ts';
import { serviceLevelsMet } from './service-levels.ts';

const nothing: Evidence = {
  load: smoke,
  minutes: 1,
  startedAt: 0,
  entries: [],
  recorded: [],
  oracle: judge([], []),
  summary: { metrics: {} },
  processes: [],
};

const study = (createdAt: number, readAt: number | null): RecordedStudy => ({
  id: String(createdAt),
  key: String(createdAt),
  state: readAt === null ? 'QUEUED' : 'CLASSIFIED',
  stat: false,
  createdAt,
  readAt,
});

const acknowledged = (crowd: string, ms: number): Entry => ({
  is: 'acknowledged',
  at: 0,
  key: 'a',
  study: '1',
  who: 0,
  crowd,
  stat: false,
  ms,
});
const turnedAway = (crowd: string): Entry => ({
  is: 'turnedAway',
  at: 0,
  who: 0,
  crowd,
  code: 'BUSY',
  retryAfterSeconds: 1,
});

describe('the service levels', () => {
  it('are missed where nothing was measured', () => {
    expect(serviceLevelsMet(nothing).map(({ measured, ok }) => [measured, ok])).toEqual(
      Array.from({ length: 5 }, () => ['not measured', false]),
    );
  });

  it('are k6 own judgement where something was', () => {
    const values = { count: 20, 'p(95)': 620 };
    const thresholds = { 'p(95)<500': { ok: false } };
    const metrics = { upload_acknowledged: { type: 'trend', values, thresholds } };
    expect(serviceLevelsMet({ ...nothing, summary: { metrics } })[0]).toMatchObject({
      measured: '620 ms of 20',
      ok: false,
    });
  });

  it('decide about an ordinary day, and are only shown beyond what the platform can bear', () => {
    const deciding = (load: typeof smoke) =>
      judgeRun({ ...nothing, load }).filter(({ what, decides }) => decides && what.startsWith('upload'))
        .length;
    expect(deciding(average)).toBe(1);
    expect(deciding(spike)).toBe(0);
  });
});

describe('recovery', () => {
  it('is counted from the end of the last stage at or above the capacity', () => {
    expect(floodEndsAt(spike, 4)).toBeCloseTo(0.35 * 240);
    expect(floodEndsAt(smoke, 4)).toBeNull();
  });

  it('lasts until the last late study was read, and forever with one that never is', () => {
    const floodEnd = 0.35 * 60_000;
    const after = (...recorded: RecordedStudy[]) => recoversSoon({ ...nothing, load: spike, recorded })[0];
    expect(after(study(floodEnd, floodEnd + 9_000))).toMatchObject({ measured: '0 s', ok: true });
    expect(after(study(1_000, floodEnd + 40_000))).toMatchObject({ measured: '40 s', ok: true });
    expect(after(study(1_000, floodEnd + 61_000))).toMatchObject({ ok: false });
    expect(after(study(1_000, null))).toMatchObject({ ok: false });
  });
});

describe('memory', () => {
  const samples = (sizes: number[]) =>
    sizes.map((gateway, at) => ({ at, residentMiB: { gateway }, computedSeconds: {}, loadAverage: 1 }));

  it('has the limits that the chart gives', () => {
    const values = readFileSync(
      join(import.meta.dirname, '../../../deploy/helm/lucency/values.yaml'),
      'utf8',
    );
    const chart = (component: string) => {
      const [, text = ''] = values.split(new RegExp(`^${component}:`, 'm'));
      const [, size, unit] = /limits: \{ memory: (\d+)(Mi|Gi)/.exec(text) ?? [];
      return Number(size) * (unit === 'Gi' ? 1024 : 1);
    };
    expect(limitsMiB).toEqual({
      gateway: chart('gateway'),
      inference: chart('inferenceCpu'),
      explain: chart('explain'),
      'nats-server': chart('nats'),
    });
  });

  it('is missed above the limit, and in a long load when it keeps growing', () => {
    const verdict = (minutes: number, sizes: number[]) =>
      boundedMemory({ ...nothing, minutes, processes: samples(sizes) }).every(({ ok }) => ok);
    expect(verdict(1, [200, 300, 400, 500])).toBe(true);
    expect(verdict(1, [200, 300, 400, 800])).toBe(false);
    expect(verdict(60, [200, 300, 400, 500])).toBe(false);
    expect(verdict(60, [200, 300, 310, 305])).toBe(true);
  });

  it('says nothing of processes that run elsewhere', () => {
    expect(boundedMemory(nothing)).toEqual([]);
  });
});

describe('fairness', () => {
  const fair = (...entries: Entry[]) => {
    const seen: Entry[] = [true, false].map((stat) => ({
      is: 'seen',
      at: 0,
      key: 'a',
      stat,
      state: 'CLASSIFIED',
      ms: 900,
    }));
    return fairToOthers({ ...nothing, load: abusive, entries: [...seen, ...entries] }).every(({ ok }) => ok);
  };

  it('is kept when the abuser alone is turned away and waits', () => {
    expect(
      fair(acknowledged('technologists', 100), acknowledged('abuser', 9_000), turnedAway('abuser')),
    ).toBe(true);
  });

  it('is broken when others are turned away, wait long, or the abuser is let through', () => {
    const good = acknowledged('technologists', 100);
    expect(fair(good, turnedAway('abuser'), turnedAway('technologists'))).toBe(false);
    expect(fair(acknowledged('technologists', 900), turnedAway('abuser'))).toBe(false);
    expect(fair(good)).toBe(false);
  });
});
