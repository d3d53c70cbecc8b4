import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { jobKind, streams, subjects } from '@lucency/contracts';
import type { ChartNats, Connection, User } from './chart-server.js';
import { users } from './chart-server.js';
import { workerOf } from './work.js';

interface Message {
  subject: string;
  /** Who may publish it. */
  by: readonly User[];
}

/** One message of every kind that crosses NATS, and requests that only who keeps the streams may make. */
function messages(): Message[] {
  const id = randomUUID();
  return [
    ...jobKind.options.map((kind) => ({
      subject: subjects.job(kind, 'STAT', id),
      by: ['coordinator'] as const,
    })),
    ...jobKind.options.map((kind) => ({ subject: subjects.result(kind, id), by: [workerOf[kind]] })),
    { subject: subjects.tasksDue, by: ['gateway', 'coordinator'] },
    { subject: subjects.changes(id), by: ['gateway', 'coordinator'] },
    ...Object.values(streams).map((stream) => ({ subject: `$JS.API.STREAM.DELETE.${stream}`, by: [] })),
    { subject: `$JS.API.STREAM.PURGE.${streams.jobs}`, by: ['coordinator'] },
    { subject: `$JS.API.STREAM.UPDATE.${streams.results}`, by: ['coordinator'] },
    { subject: `_INBOX.inference.${id}`, by: [] },
  ];
}

/** What each user may listen to; nobody reads jobs or results but through a consumer. */
const hearable: Message[] = [
  { subject: subjects.allJobs, by: [] },
  { subject: subjects.allResults, by: [] },
  { subject: '>', by: [] },
  { subject: subjects.allChanges, by: ['gateway', 'coordinator'] },
  { subject: subjects.tasksDue, by: ['coordinator'] },
  ...users.map((user) => ({ subject: `_INBOX.${user}.*`, by: [user] })),
];

/** Tries what each user may do and what none may. @returns where the server's answer is another than it should be. */
export async function tryEverything(nats: ChartNats): Promise<string[]> {
  const faults: string[] = [];
  for (const user of users) {
    const connection = await nats.connect(nats.optionsOf(user));
    const denied = watchDenials(connection);
    for (const { subject } of hearable) connection.subscribe(subject, { callback: () => undefined });
    const tried = messages();
    // Nothing of it is a message of its kind: whoever reads it drops it.
    for (const { subject } of tried) connection.publish(subject, 'a test');
    // The server answers in order: refusals come before the answer to this.
    await connection.flush();
    await sleep(100);
    const judge = (what: string, all: readonly Message[], refused: ReadonlySet<string>) => {
      for (const { subject, by } of all) {
        const should = by.includes(user);
        if (should === refused.has(subject)) {
          faults.push(`${user} may ${should ? 'not ' : ''}${what} ${subject}`);
        }
      }
    };
    judge('publish', tried, denied.publish);
    judge('listen to', hearable, denied.subscribe);
  }
  return faults;
}

function watchDenials(connection: Connection) {
  const denied = { publish: new Set<string>(), subscribe: new Set<string>() };
  void (async () => {
    for await (const status of connection.status()) {
      if (status.type !== 'error') continue;
      const { operation, subject } = Object(status.error);
      if (operation === 'publish') denied.publish.add(subject);
      if (operation === 'subscription') denied.subscribe.add(subject);
    }
  })();
  return denied;
}

/** Strangers, and those who would speak in the clear. @returns who was let in. */
export async function tryToEnter(nats: ChartNats): Promise<string[]> {
  const { password, ...nameless } = nats.optionsOf('inference');
  const attempts = [
    { who: 'somebody without a password', options: { ...nameless, user: undefined } },
    { who: 'somebody with a wrong password', options: { ...nameless, password: `${password}0` } },
    { who: 'somebody who does not encrypt', options: { ...nameless, password, caFile: undefined } },
    { who: 'an unknown user', options: { ...nameless, user: 'somebody', password } },
  ];
  const entered = await Promise.all(
    attempts.map(async ({ who, options }) => ((await nats.lets(options)) ? [`${who} was let in`] : [])),
  );
  return entered.flat();
}
