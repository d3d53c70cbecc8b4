import { type Collation, lacksCollation, testDatabase } from '@lucency/dev-stack';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../testing/test-gateway.js';

const sorted: Record<Collation, string> = {
  builtin: 'by code point',
  icu: 'as ICU does for en-US',
  libc: "as the C library does for en_US.UTF-8, the default of Postgres' image",
};

const references = ['P-1', 'P-10', 'P-2', 'p-1', 'P1', 'José Núñez', 'Jose', 'मुहम्मद अली', 'Ω', '\u{1f600} 1'];

describe.each(Object.keys(sorted) as Collation[])('searching a database that sorts %s', (collation) => {
  const lacking = lacksCollation(collation);
  if (lacking) {
    it.skip(`(skipped: ${lacking}) ${sorted[collation]}`, () => undefined);
    return;
  }
  let gateway: TestGateway;

  beforeAll(async () => {
    gateway = await startTestGateway({}, { database: await testDatabase(collation) });
    const technologist = gateway.client('technologist-north');
    const siteId = (await technologist.sites()).get('Harbour North') ?? '';
    for (const patientReference of references) {
      await technologist.submitImage({ siteId, bytes: Buffer.from(patientReference), patientReference });
    }
  });
  afterAll(() => gateway?.close());

  const found = async (prefix: string) => {
    const { studies } = await gateway.client('radiologist-both').get<{
      studies: { edges: { node: { patientReference: string } }[] };
    }>(
      `query ($filter: StudyFilter!) { studies(first: 50, filter: $filter) { edges { node { patientReference } } } }`,
      { filter: { patientReferencePrefix: prefix } },
    );
    return studies.edges.map(({ node }) => node.patientReference).sort();
  };

  it('finds the references that begin so, and no others', async () => {
    expect(await found('P-1')).toEqual(['P-1', 'P-10']);
    expect(await found('p')).toEqual(['p-1']);
    expect(await found('P')).toEqual(['P-1', 'P-10', 'P-2', 'P1']);
    expect(await found('मुह')).toEqual(['मुहम्मद अली']);
    expect(await found('Ω')).toEqual(['Ω']);
    expect(await found('\u{1f600}')).toEqual(['\u{1f600} 1']);
    expect(await found('Q')).toEqual([]);
  });

  it('finds a name however its accents were typed', async () => {
    expect(await found('José')).toEqual(['José Núñez']);
    expect(await found('Jose\u0301 Nu\u0301n\u0303')).toEqual(['José Núñez']);
  });

  it('goes by the index, under row-level security', async () => {
    const owner = new pg.Client(gateway.ownerUrl);
    await owner.connect();
    await owner.query('SET enable_seqscan = off');
    const { rows } = await owner.query<{ 'QUERY PLAN': string }>(
      `EXPLAIN SELECT id FROM study WHERE organization_id = gen_random_uuid()
       AND patient_reference >= 'P-1' AND patient_reference < 'P-1\u{10ffff}'`,
    );
    await owner.end();
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain('study_patient_reference');
    expect(plan).toMatch(/Index Cond:.*patient_reference >= /);
  });
});
