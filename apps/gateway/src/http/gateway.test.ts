import { createHash, randomUUID } from 'node:crypto';
import { drawPhantom } from '@lucency/imaging';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';

describe('the gateway', () => {
  let gateway: TestGateway;
  let image: Uint8Array;
  let north: string;

  beforeAll(async () => {
    // Nobody reads here, and what is withdrawn would pass for a slow pace on a machine that has other things to do.
    gateway = await startTestGateway({ ADMISSION_MAX_WAIT_SECONDS: '3600' });
    image = await drawPhantom({ seed: 1, width: 600, height: 500 });
    const sites = await gateway.client('technologist-north').sites();
    north = sites.get('Harbour North') ?? '';
  });
  afterAll(() => gateway.close());

  const submission = () => ({ siteId: north, bytes: image, patientReference: randomUUID() });
  const technologist = () => gateway.client('technologist-north');
  const post = (body: object, headers: Record<string, string> = {}) =>
    fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });

  it('takes an image from createUpload to a queued study', async () => {
    const id = await technologist().submitImage(submission());
    await expect.poll(async () => (await technologist().study(id))?.readingState).toBe('QUEUED');
  });

  it('shows a re-encoded copy without metadata at a signed address, and nothing at a changed one', async () => {
    const id = await technologist().submitImage(submission());
    const address = (await technologist().study(id))?.images[0]?.address?.url ?? '';
    const shown = await fetch(address);
    expect(shown.status).toBe(200);
    expect(shown.headers.get('content-type')).toBe('image/jpeg');
    expect(Buffer.from(await shown.arrayBuffer()).includes('Exif')).toBe(false);
    expect((await fetch(`${address.slice(0, -4)}AAAA`)).status).toBe(403);
  });

  it('no longer shows the images of a withdrawn study, not even at an address given before', async () => {
    const id = await technologist().submitImage(submission());
    const address = (await technologist().study(id))?.images[0]?.address?.url ?? '';
    const { withdrawStudy } = await technologist().get<{ withdrawStudy: { study: { withdrawal: object } } }>(
      `mutation ($id: ID!) { withdrawStudy(input: { studyId: $id, reason: "wrong patient" }) {
        ... on WithdrawStudyPayload { study { withdrawal { reason by { name } at } } } } }`,
      { id },
    );
    expect(withdrawStudy.study.withdrawal).toMatchObject({ reason: 'wrong patient' });
    expect((await fetch(address)).status).toBe(404);
    expect((await technologist().study(id))?.images[0]?.address).toBeNull();
  });

  it('stores an upload once, and only the declared bytes', async () => {
    const created = await technologist().get<{ createUpload: { upload: { url: string } } }>(
      `mutation ($input: CreateUploadInput!) {
        createUpload(input: $input) { ... on CreateUploadPayload { upload { url } } } }`,
      {
        input: {
          siteId: north,
          bytes: image.byteLength,
          mediaType: 'IMAGE_JPEG',
          sha256: createHash('sha256').update(image).digest('hex'),
        },
      },
    );
    const { url } = created.createUpload.upload;
    const put = async (body: Uint8Array, type = 'image/jpeg') => {
      const answer = await fetch(url, {
        method: 'PUT',
        headers: { 'content-type': type },
        body: new Uint8Array(body),
      });
      return { status: answer.status, ...(answer.status === 204 ? {} : ((await answer.json()) as object)) };
    };
    const changed = new Uint8Array(image);
    changed[500] = (changed[500] ?? 0) ^ 255;
    expect(await put(image, 'image/png')).toMatchObject({ status: 415, code: 'WRONG_TYPE' });
    expect(await put(image.subarray(1))).toMatchObject({ status: 400, code: 'WRONG_LENGTH' });
    expect(await put(changed)).toMatchObject({ status: 422, code: 'CONTENT_MISMATCH' });
    expect(await put(image)).toMatchObject({ status: 204 });
    expect(await put(image)).toMatchObject({ status: 409, code: 'ALREADY_STORED' });
  });

  it('answers who is not signed in, and who has no role here, with UNAUTHENTICATED', async () => {
    const query = '{ viewer { person { name } } }';
    const code = async (answer: Response) =>
      ((await answer.json()) as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code;
    expect(await code(await post({ query }))).toBe('UNAUTHENTICATED');
    const forged = await post({ query }, { authorization: 'Bearer aaaa.bbbb.cccc' });
    expect(forged.status).toBe(401);
    expect(await code(forged)).toBe('UNAUTHENTICATED');
  });

  it('masks what went wrong inside, and gives every error a code', async () => {
    const client = technologist();
    const answers = await Promise.all([
      client.ask('{ nothing }'),
      client.ask('{ node(id: "gibberish") { id } }'),
      client.ask('query ($f: StudyFilter) { studies(filter: $f) { revision } }', {
        f: { createdFrom: 'soon' },
      }),
      client.ask(
        `{ ${[1, 2, 3, 4, 5, 6, 7].map((page) => `p${page}: studies(first: 100) { edges { node { images { id reading { id } heatmap { id } } } } }`).join(' ')} }`,
      ),
    ]);
    const codes = answers.map(({ errors }) => errors?.[0]?.extensions.code);
    expect(codes.slice(0, 3)).toEqual(['BAD_USER_INPUT', 'BAD_USER_INPUT', 'BAD_USER_INPUT']);
    expect(codes[3]).toBe('TOO_COSTLY');
    expect(JSON.stringify(answers)).not.toMatch(/Did you mean|prisma|select |node_modules/i);
  });

  it.each([
    ['patientAgeMonths', 1.5],
    ['patientAgeMonths', 2_147_483_648],
    ['patientReference', 987_654_321],
    ['idempotencyKey', null],
  ])(
    'calls a %s of %s a mistake of the client, and writes nothing of it into the log',
    async (field, value) => {
      const { siteId } = submission();
      const input = {
        siteId,
        patientReference: 'SECRETNAME',
        uploadIds: ['x'],
        idempotencyKey: 'k',
        [field]: value,
      };
      const answer = await technologist().ask(
        'mutation ($input: SubmitStudyInput!) { submitStudy(input: $input) { __typename } }',
        { input },
      );
      expect(answer.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    },
  );

  it.each([
    [
      '5,000 aliases',
      `{ ${Array.from({ length: 5_000 }, (_, index) => `a${index}: __typename`).join(' ')} }`,
    ],
    ['50 aliases', `{ ${Array.from({ length: 50 }, (_, index) => `a${index}: model { id }`).join(' ')} }`],
    ['a depth of 1,000', `{ ${'viewer { '.repeat(1_000)}${'}'.repeat(1_000)} }`],
    ['200 directives', `{ model { id ${'@include(if: true) '.repeat(200)} } }`],
  ])('refuses %s', async (_name, query) => {
    const answer = await technologist().ask(query);
    expect(answer.data ?? null).toBeNull();
    expect(answer.errors?.[0]?.extensions.code).toMatch(/^(TOO_COSTLY|BAD_USER_INPUT)$/);
  });

  it('pages through the worklist in either order without losing or repeating a study', async () => {
    const client = gateway.client('radiologist-both');
    for (let index = 0; index < 7; index += 1) {
      const age = index % 2 === 0 ? 20 : 40;
      await technologist().submitImage({ ...submission(), patientAgeMonths: age });
    }
    interface Page {
      studies: { edges: { node: { id: string } }[]; pageInfo: { endCursor: string; hasNextPage: boolean } };
    }
    for (const orderBy of ['NEWEST_FIRST', 'OLDEST_FIRST', 'HIGHEST_PROBABILITY_FIRST']) {
      const seen: string[] = [];
      let after: string | null = null;
      for (let more = true; more; ) {
        const page: Page = await client.get<Page>(
          `query ($after: String, $orderBy: StudyOrder) { studies(first: 3, after: $after, orderBy: $orderBy) {
            edges { node { id } } pageInfo { endCursor hasNextPage } } }`,
          { after, orderBy },
        );
        seen.push(...page.studies.edges.map(({ node }) => node.id));
        after = page.studies.pageInfo.endCursor;
        more = page.studies.pageInfo.hasNextPage;
      }
      expect(seen.length).toBeGreaterThanOrEqual(7);
      expect(new Set(seen).size).toBe(seen.length);
    }
  });

  it('finds studies by the start of the patient reference, whatever it holds', async () => {
    const reference = `O'Brien %_ ${randomUUID()}`;
    const id = await technologist().submitImage({ ...submission(), patientReference: reference });
    const found = async (prefix: string) =>
      (
        await technologist().get<{ studies: { edges: { node: { id: string } }[] } }>(
          'query ($p: String) { studies(filter: { patientReferencePrefix: $p }) { edges { node { id } } } }',
          { p: prefix },
        )
      ).studies.edges.map(({ node }) => node.id);
    expect(await found(reference.slice(0, 20))).toEqual([id]);
    expect(await found('%')).toEqual([]);
  });

  it('tells a subscriber of a new study at once, and one that comes back behind to read again', async () => {
    const watcher = gateway.client('radiologist-both');
    const events = watcher.subscribe<{
      studiesChanged: { resync: boolean; revision: string; studies: { id: string }[] };
    }>('subscription { studiesChanged { resync revision studies { id } } }');
    const first = events.next();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const id = await technologist().submitImage(submission());
    const change = (await first).value?.studiesChanged;
    expect(change).toMatchObject({ resync: false, studies: [{ id }] });
    await events.return();
    const late = watcher.subscribe<{ studiesChanged: { resync: boolean } }>(
      'subscription { studiesChanged(since: "1") { resync } }',
    );
    expect((await late.next()).value?.studiesChanged).toEqual({ resync: true });
    await late.return();
  });

  it("answers only subscriptions over the socket, with the same codes, and only to the portal's pages", async () => {
    const query = technologist().subscribe('{ model { id } }');
    await expect(query.next()).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    const deep = technologist().subscribe(
      `subscription { studiesChanged { ${Array.from({ length: 50 }, (_, index) => `a${index}: resync`).join(' ')} } }`,
    );
    await expect(deep.next()).rejects.toMatchObject({ code: 'TOO_COSTLY' });
    const foreign = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      origin: 'http://evil.test',
    });
    const status = await new Promise((resolve) => {
      foreign.on('unexpected-response', (_request, response) => resolve(response.statusCode));
      foreign.on('error', () => undefined);
    });
    expect(status).toBe(401);
  });

  it('allows the portal and no other page to call it', async () => {
    const preflight = (origin: string) =>
      fetch(`${gateway.url}/graphql`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
    expect((await preflight(gateway.portalOrigin)).headers.get('access-control-allow-origin')).toBe(
      gateway.portalOrigin,
    );
    expect((await preflight('http://evil.test')).headers.get('access-control-allow-origin')).toBeNull();
  });
});
