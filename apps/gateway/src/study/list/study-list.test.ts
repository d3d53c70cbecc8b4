import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { decodeId } from '../../schema/global-id.js';
import { startTestGateway, type TestGateway } from '../../testing/test-gateway.js';

interface Page {
  studies: {
    edges: { node: { patientReference: string } }[];
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
  };
}

interface Row {
  reference: string;
  minutesAgo: number;
  priority?: 'STAT' | 'ROUTINE';
  probability?: number;
  reviewState?: 'NONE' | 'SIGNED';
}

let gateway: TestGateway;
let owner: pg.Client;
let siteId: string;

beforeAll(async () => {
  gateway = await startTestGateway();
  owner = new pg.Client(gateway.ownerUrl);
  await owner.connect();
  siteId = (await gateway.client('technologist-north').sites()).get('Harbour North') ?? '';
});
afterAll(async () => {
  await owner.end();
  await gateway.close();
});
beforeEach(async () => {
  await owner.query('DELETE FROM study');
});

async function insert(rows: string, values: unknown[]): Promise<void> {
  await owner.query(
    `INSERT INTO study (id, organization_id, site_id, submitted_by_id, patient_reference, priority, idempotency_key,
       request_hash, content_hash, created_at, reading_state, review_state, probability)
     SELECT gen_random_uuid(), site.organization_id, site.id, person.id, row.reference, row.priority::priority,
       row.reference, '', row.reference, now() - row.minutes * interval '1 minute', 'CLASSIFIED',
       row.review::review_state, row.probability
     FROM site, person, (${rows}) AS row (reference, priority, minutes, review, probability)
     WHERE site.id = $1 AND person.subject = 'technologist-north'`,
    [decodeId(siteId).id, ...values],
  );
}

async function add(...rows: Row[]): Promise<void> {
  await insert('SELECT * FROM unnest($2::text[], $3::text[], $4::int[], $5::text[], $6::float8[])', [
    rows.map(({ reference }) => reference),
    rows.map(({ priority = 'ROUTINE' }) => priority),
    rows.map(({ minutesAgo }) => minutesAgo),
    rows.map(({ reviewState = 'NONE' }) => reviewState),
    rows.map(({ probability = null }) => probability),
  ]);
}

async function page(args: string): Promise<{ names: string[]; info: Page['studies']['pageInfo'] }> {
  const { studies } = await gateway.client('radiologist-both').get<Page>(
    `{ studies(${args}) { edges { node { patientReference } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
  );
  return { names: studies.edges.map(({ node }) => node.patientReference), info: studies.pageInfo };
}

const setLimit = (minutes: number | null) =>
  owner.query('UPDATE site SET waiting_limit_minutes = $1', [minutes]);

const mixed: Row[] = [
  { reference: 'stat-unlikely', minutesAgo: 10, priority: 'STAT', probability: 0.1 },
  { reference: 'stat-likely', minutesAgo: 5, priority: 'STAT', probability: 0.9 },
  { reference: 'stat-overdue', minutesAgo: 300, priority: 'STAT', probability: 0.05 },
  { reference: 'overdue', minutesAgo: 241, probability: 0.2 },
  { reference: 'long-overdue', minutesAgo: 900, probability: 0.01 },
  { reference: 'likely', minutesAgo: 30, probability: 0.8 },
  { reference: 'alike-later', minutesAgo: 20, probability: 0.5 },
  { reference: 'alike-earlier', minutesAgo: 200, probability: 0.5 },
  { reference: 'unanswered', minutesAgo: 100 },
  {
    reference: 'signed-long-ago',
    minutesAgo: 5_000,
    priority: 'STAT',
    probability: 0.99,
    reviewState: 'SIGNED',
  },
];
const urgent = [
  'stat-overdue',
  'stat-likely',
  'stat-unlikely',
  'long-overdue',
  'overdue',
  'likely',
  'alike-earlier',
  'alike-later',
  'unanswered',
  'signed-long-ago',
];

describe('the most urgent first', () => {
  it('is STAT, then what has waited longer than its site lets it, then the likeliest, then what waits longest', async () => {
    await setLimit(240);
    await add(...mixed);
    expect((await page('first: 50, orderBy: MOST_URGENT_FIRST')).names).toEqual(urgent);
  });

  it('goes by the limit of the site, and by none where it has none', async () => {
    await setLimit(600);
    await add(...mixed);
    const routine = async () =>
      (await page('first: 3, orderBy: MOST_URGENT_FIRST, filter: { priorities: [ROUTINE] }')).names;
    expect(await routine()).toEqual(['long-overdue', 'likely', 'alike-earlier']);
    await setLimit(null);
    expect(await routine()).toEqual(['likely', 'alike-earlier', 'alike-later']);
    await setLimit(240);
  });
});

describe.each(['MOST_URGENT_FIRST', 'NEWEST_FIRST', 'OLDEST_FIRST', 'HIGHEST_PROBABILITY_FIRST'])(
  'pages of %s',
  (order) => {
    it('put together are the whole list, forwards and backwards', async () => {
      await add(...mixed);
      const whole = (await page(`first: 50, orderBy: ${order}`)).names;
      expect(whole).toHaveLength(mixed.length);
      for (const size of [1, 3, 4]) {
        const forwards: string[] = [];
        let at = await page(`first: ${size}, orderBy: ${order}`);
        forwards.push(...at.names);
        while (at.info.hasNextPage) {
          at = await page(`first: ${size}, after: "${at.info.endCursor}", orderBy: ${order}`);
          forwards.push(...at.names);
        }
        expect(forwards).toEqual(whole);
        const backwards = [...at.names];
        while (at.info.hasPreviousPage) {
          at = await page(`last: ${size}, before: "${at.info.startCursor}", orderBy: ${order}`);
          backwards.unshift(...at.names);
        }
        expect(backwards).toEqual(whole);
      }
    });
  },
);

it('reads the first page of 100,000 by indexes, whatever waits and under row-level security', async () => {
  await setLimit(240);
  await insert(
    `SELECT 'many-' || n, CASE WHEN n % 20 = 0 THEN 'STAT' ELSE 'ROUTINE' END, n % 230,
       CASE WHEN n % 3 = 0 THEN 'NONE' ELSE 'SIGNED' END, (n * 7919 % 10007) / 10007.0
     FROM generate_series(1, 100000) AS n`,
    [],
  );
  await owner.query('VACUUM ANALYZE study');
  const look = () => page('first: 25, orderBy: MOST_URGENT_FIRST, filter: { reviewStates: [NONE, CLAIMED] }');
  await look();
  const before = await studiesRead();
  const looks = 10;
  for (let count = 0; count < looks; count += 1) await look();
  const read = (await studiesRead()) - before;
  // A page and the one beyond it, each looked at once for its place and once for what is shown.
  expect(read / looks).toBeLessThan(200);
}, 120_000);

// The last one: the budget of a person counts by the clock that it sets.
it('what becomes overdue or is signed between two pages neither repeats nor hides the others', async () => {
  await setLimit(240);
  await add(
    ...[1, 2, 3, 4, 5, 6].map((n) => ({ reference: `p${n}`, minutesAgo: 239, probability: 1 - n / 10 })),
  );
  const first = await page('first: 3, orderBy: MOST_URGENT_FIRST, filter: { reviewStates: [NONE] }');
  expect(first.names).toEqual(['p1', 'p2', 'p3']);
  await owner.query("UPDATE study SET review_state = 'SIGNED' WHERE patient_reference = 'p3'");
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 120_000 });
  const second = await page(
    `first: 3, after: "${first.info.endCursor}", orderBy: MOST_URGENT_FIRST, filter: { reviewStates: [NONE] }`,
  );
  vi.useRealTimers();
  expect(second.names).toEqual(['p4', 'p5', 'p6']);
});

async function studiesRead(): Promise<number> {
  // What a connection read is told at the end of its transaction, at most a second later.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await owner.query('SELECT pg_stat_force_next_flush()');
  const { rows } = await owner.query<{ rows: number }>(
    `SELECT (seq_tup_read + idx_tup_fetch)::int AS rows FROM pg_stat_user_tables WHERE relname = 'study'`,
  );
  return rows[0]?.rows ?? 0;
}
