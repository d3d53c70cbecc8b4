import { afterAll, beforeAll, expect, it } from 'vitest';
import { aHeatmap, aReading, resultFor, submitAtNorth, type TaskRow } from '../testing/test-studies.js';
import { createTestTenants, type TestTenants } from '../testing/test-tenants.js';
import { takeDueTasks } from './due-tasks.js';
import { recordResults } from './record-results.js';

let tenants: TestTenants;
const batch = 200;
const take = async (redispatchSeconds = 60) => takeDueTasks(tenants.workerPool, batch, redispatchSeconds);

beforeAll(async () => {
  tenants = await createTestTenants();
});
afterAll(() => tenants.close());

it('hands out a few scores at a time, the newest first, and whatever is urgent before them', async () => {
  for (let study = 0; study < 80; study += 1) await submitAtNorth(tenants);
  const { organizationId } = tenants.sites.north;
  for (const [kind, answer] of [
    ['classify', aReading],
    ['explain', aHeatmap],
  ] as const) {
    expect(await take()).toHaveLength(80);
    const tasks = await tenants.workerPool.query<TaskRow>('SELECT * FROM task WHERE kind = $1', [kind]);
    await recordResults(
      tenants.workerPool,
      organizationId,
      tasks.rows.map((task) => resultFor(task, answer)),
    );
  }
  await tenants.workerPool.query(
    `UPDATE task SET due_at = now() - make_interval(secs => age) FROM (
       SELECT id, row_number() OVER (ORDER BY id) AS age FROM task) AS aged
     WHERE task.id = aged.id AND task.kind = 'score'`,
  );
  const ages = await tenants.workerPool.query<{ id: string }>(
    `SELECT id FROM task WHERE kind = 'score' ORDER BY due_at DESC`,
  );
  await submitAtNorth(tenants);

  const first = await take(0);
  expect(first[0]?.job.kind).toBe('classify');
  const scores = first.slice(1).map(({ job }) => job.taskId);
  expect([...scores].sort()).toEqual(
    ages.rows
      .slice(0, 64)
      .map(({ id }) => id)
      .sort(),
  );

  // Those in hand are offered again when they are due, and no other until there is room.
  const again = await take();
  expect(
    again
      .filter(({ job }) => job.kind === 'score')
      .map(({ job }) => job.taskId)
      .sort(),
  ).toEqual([...scores].sort());
  expect(again.every((task) => task.again)).toBe(true);
  expect(await take()).toEqual([]);
  await tenants.workerPool.query(`UPDATE task SET state = 'DONE', settled_at = now() WHERE id = ANY ($1)`, [
    scores.slice(0, 10),
  ]);
  const next = await take();
  expect(next.map(({ job }) => job.taskId).sort()).toEqual(
    ages.rows
      .slice(64, 74)
      .map(({ id }) => id)
      .sort(),
  );
});
