import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeId } from '../../schema/global-id.js';
import {
  type RefusingGateway,
  startRefusingGateway,
  studies,
  withVariable,
} from '../../testing/refusing-gateway.js';

let refusing: RefusingGateway;

beforeAll(async () => {
  refusing = await startRefusingGateway();
});
afterAll(() => refusing.gateway.close());

describe('mistakes in an operation', () => {
  const idOf = (type: string) => encodeId(type, randomUUID());
  const nodeOf = (id: string) => ({
    query: 'query ($i: ID!) { study(id: $i) { id } }',
    variables: { i: id },
  });
  const submitting = (input: object) => ({
    query: 'mutation ($i: SubmitStudyInput!) { submitStudy(input: $i) { __typename ... on Error { code } } }',
    variables: {
      i: {
        siteId: encodeId('Site', randomUUID()),
        patientReference: 'x',
        uploadIds: [idOf('Upload')],
        idempotencyKey: 'k',
        ...input,
      },
    },
  });
  const badInput: [string, unknown][] = [
    ['a syntax error', { query: '{' }],
    ['an unknown field', { query: '{ nothing }' }],
    ['an unknown operation', { query: 'query A { __typename }', operationName: 'B' }],
    ['no operation', { query: 'fragment F on Query { __typename }' }],
    ['several operations and no name', { query: 'query A { __typename } query B { __typename }' }],
    ['a number as the name of the operation', { query: '{ __typename }', operationName: 5 }],
    ['a list of variables', { query: '{ __typename }', variables: [1] }],
    ['text as variables', { query: '{ __typename }', variables: '{}' }],
    ['text as extensions', { query: '{ __typename }', extensions: 'x' }],
    ['a number as the query', { query: 5 }],
    ['no query', {}],
    ['a batch', [{ query: '{ __typename }' }]],
    ['an empty batch', []],
    ['a subscription', { query: 'subscription { studiesChanged { revision } }' }],
    ['a variable of another type', withVariable('Int', 'x')],
    ['a missing variable', { query: 'query ($i: ID!) { node(id: $i) { id } }' }],
    ['a page of -1', studies('first: -1')],
    ['a last page of -1', studies('last: -1')],
    ['both directions', studies('first: 1, before: "R1BDOlM6eA=="')],
    ['a cursor that is none', withVariable('String', 'x', 'after: $v')],
    [
      'a cursor of something else',
      withVariable('String', Buffer.from('GPC:S:x').toString('base64'), 'after: $v'),
    ],
    ['a number as cursor', withVariable('String', Buffer.from('GPC:N:5').toString('base64'), 'before: $v')],
    [
      'a NUL character in the filter',
      withVariable('String', 'a\u0000', 'filter: { patientReferencePrefix: $v }'),
    ],
    ...[
      '0000-01-01T00:00:00Z',
      '2026-02-31T00:00:00Z',
      '2026-01-01T',
      '9999-12-31T23:59:59-10:00',
      'soon',
    ].map((text): [string, unknown] => [
      `the instant ${text}`,
      withVariable('DateTime', text, 'filter: { createdFrom: $v }'),
    ]),
    ...['0000-01-01', '2021-02-29', '2021-13-01', 'x'].map((text): [string, unknown] => [
      `the day ${text}`,
      submitting({ patientBirthDate: text }),
    ]),
    ['an id that is none', nodeOf('zzz')],
    ['an empty id', nodeOf('')],
    ...['Site', 'Image', 'Nothing', '__proto__', 'constructor', 'Query'].map((type): [string, unknown] => [
      `an id of the type ${type}`,
      nodeOf(idOf(type)),
    ]),
    ...['Upload', 'Nothing', '__proto__', 'constructor', 'toString'].map((type): [string, unknown] => [
      `a node of the type ${type}`,
      { query: 'query ($i: ID!) { node(id: $i) { id } }', variables: { i: idOf(type) } },
    ]),
    ['a site of another type', submitting({ siteId: idOf('Study') })],
    [
      'a wrong persisted hash',
      { query: '{ __typename }', extensions: { persistedQuery: { version: 1, sha256Hash: 'ab' } } },
    ],
    [
      'a persisted operation of another version',
      { query: '{ __typename }', extensions: { persistedQuery: { version: 2 } } },
    ],
  ];
  it.each(badInput)('are 400 BAD_USER_INPUT with a sentence for %s', async (_name, body) => {
    refusing.expectRefusal(await refusing.graphql(body), 'BAD_USER_INPUT');
    refusing.expectNothingLogged();
  });

  it.each([
    ['broken JSON', '{"query":'],
    ['no object', '"x"'],
    ['nothing', ''],
    ['a dangerous key', '{"query":"{__typename}","__proto__":{"a":1}}'],
  ])('are 400 for a body of %s', async (_name, body) => {
    const { status, code, message } = await refusing.graphql(body);
    expect([status, code !== undefined, message !== undefined]).toEqual([400, true, true]);
    expect(code).toMatch(/^BAD_(REQUEST|USER_INPUT)$/);
    refusing.expectNothingLogged();
  });

  it('say how a type is written, and quote nothing', async () => {
    const { message } = await refusing.graphql(
      withVariable('DateTime', 'SECRET', 'filter: { createdFrom: $v }'),
    );
    expect(message).toMatch(/Write an instant with its offset, as 2026-03-31T12:00:00Z\.$/);
    expect(message).not.toContain('SECRET');
  });
});
