import { randomUUID } from 'node:crypto';
import { LucencyError } from '@lucency/client';
import { drawPhantom } from '@lucency/imaging';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestClient } from '../testing/test-client.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';

/** Which of the demo sites each person may see and change. */
const people = {
  'technologist-north': { sees: ['Harbour North'], changes: ['Harbour North'] },
  'technologist-south': { sees: ['Harbour South'], changes: ['Harbour South'] },
  'radiologist-both': { sees: ['Harbour North', 'Harbour South'], changes: [] },
  'technologist-valley': { sees: ['Valley Clinic'], changes: ['Valley Clinic'] },
} as const;
type Person = keyof typeof people;
const names = Object.keys(people) as Person[];

interface Known {
  id: string;
  imageId: string;
  site: string;
  owner: Person;
  withdrawn: boolean;
}

function codeOf(error: unknown): string {
  if (error instanceof LucencyError) return error.code;
  throw error;
}

const rounds = 400;
const atOnce = 16;

describe('tenancy', () => {
  let gateway: TestGateway;
  let clients: Record<Person, TestClient>;
  let sites: Map<string, string>;
  let image: Uint8Array;
  const known: Known[] = [];
  const seenBySubscribers = new Map<Person, Set<string>>();

  beforeAll(async () => {
    // Two connections for everyone: what one request leaves behind on a connection, the next would inherit.
    // Nobody reads here, and what is withdrawn would pass for a slow pace on a machine that has other things to do.
    gateway = await startTestGateway({ DATABASE_POOL: '2', ADMISSION_MAX_WAIT_SECONDS: '3600' });
    image = await drawPhantom({ seed: 3, width: 400, height: 360 });
    clients = Object.fromEntries(names.map((name) => [name, gateway.client(name)])) as Record<
      Person,
      TestClient
    >;
    const all = await Promise.all(names.map((name) => clients[name].sites()));
    sites = new Map(all.flatMap((own) => [...own]));
  });
  afterAll(() => gateway.close());

  const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;
  const maySee = (person: Person, study: Known) =>
    (people[person].sees as readonly string[]).includes(study.site);
  const mayChange = (person: Person, study: Known) =>
    (people[person].changes as readonly string[]).includes(study.site);

  async function submit(person: Person): Promise<void> {
    const site = pick([...sites.keys()]);
    const siteId = sites.get(site) ?? '';
    const submission = { siteId, bytes: image, patientReference: randomUUID() };
    const allowed = (people[person].changes as readonly string[]).includes(site);
    const answer = await clients[person].submitImage(submission).catch(codeOf);
    if (!allowed) {
      expect(answer).toBe('NOT_FOUND');
      return;
    }
    const study = await clients[person].study(answer);
    expect(study?.id).toBe(answer);
    known.push({ id: answer, imageId: study?.images[0]?.id ?? '', site, owner: person, withdrawn: false });
  }

  async function read(person: Person, study: Known): Promise<void> {
    const found = await clients[person].get<{
      study: object | null;
      node: object | null;
      image: object | null;
    }>(
      `query ($id: ID!, $image: ID!) { study(id: $id) { id patientReference site { name } images { address { url } } }
        node(id: $id) { id } image: node(id: $image) { ... on Image { address { url } } } }`,
      { id: study.id, image: study.imageId },
    );
    if (maySee(person, study)) expect(found.study).toMatchObject({ id: study.id });
    else expect(found).toEqual({ study: null, node: null, image: null });
  }

  async function list(person: Person): Promise<void> {
    const { studies } = await clients[person].get<{
      studies: { edges: { node: { id: string; site: { name: string } } }[] };
    }>('{ studies(first: 100, filter: { includeWithdrawn: true }) { edges { node { id site { name } } } } }');
    for (const { node } of studies.edges) expect(people[person].sees).toContain(node.site.name);
  }

  async function change(person: Person, study: Known): Promise<void> {
    const act = pick(['withdraw', 'retry'] as const);
    const input = act === 'withdraw' ? 'studyId: $id, reason: "test"' : 'studyId: $id';
    const field = `${act}Study`;
    const answer = await clients[person].get<Record<string, { __typename: string }>>(
      `mutation ($id: ID!) { ${field}(input: { ${input} }) { __typename } }`,
      { id: study.id },
    );
    const kind = answer[field]?.__typename ?? '';
    // To someone without the right, a study of another site is exactly like one that was never there.
    if (mayChange(person, study)) expect(kind).toMatch(/Payload|StateError/);
    else expect(kind).toBe('NotFoundError');
  }

  it('holds through random operations of many people over two database connections', async () => {
    const subscriptions = names.map((person) => {
      const seen = new Set<string>();
      seenBySubscribers.set(person, seen);
      const events = clients[person].subscribe<{ studiesChanged: { studies: { id: string }[] } }>(
        'subscription { studiesChanged { studies { id } } }',
      );
      const reading = (async () => {
        for await (const { studiesChanged } of events)
          for (const { id } of studiesChanged.studies) seen.add(id);
      })();
      return { events, reading };
    });
    for (const person of names)
      if (people[person].changes.length > 0) await submit(person).then(() => submit(person));
    while (known.length < 3) await submit(pick(names));

    for (let round = 0; round < rounds; round += atOnce) {
      await Promise.all(
        Array.from({ length: atOnce }, () => {
          const person = pick(names);
          const dice = Math.random();
          if (dice < 0.2) return submit(person);
          if (dice < 0.6) return read(person, pick(known));
          if (dice < 0.8) return list(person);
          return change(person, pick(known));
        }),
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    for (const { events } of subscriptions) await events.return();

    expect(known.length).toBeGreaterThan(10);
    for (const person of names) {
      const visible = known.filter((study) => maySee(person, study)).map(({ id }) => id);
      for (const id of seenBySubscribers.get(person) ?? []) expect(visible).toContain(id);
      expect(seenBySubscribers.get(person)?.size).toBeGreaterThan(0);
    }
  });

  it("gives a subscription to someone else's study the answer of one that does not exist", async () => {
    const study = known.find(({ site }) => site === 'Harbour North');
    const query = 'subscription ($id: ID!) { studyChanged(id: $id) { id } }';
    const nowhere = Buffer.from(`Study:${randomUUID()}`).toString('base64url');
    const errors = await Promise.all(
      [study?.id, nowhere].map(async (id) => {
        const events = clients['technologist-valley'].subscribe(query, { id });
        return await events.next().catch(({ code, message }: LucencyError) => ({ code, message }));
      }),
    );
    expect(errors[0]).toEqual(errors[1]);
    expect(errors[0]).toMatchObject({ code: 'NOT_FOUND' });
  });
});
