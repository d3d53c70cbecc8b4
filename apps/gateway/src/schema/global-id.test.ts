import { randomUUID } from 'node:crypto';
import { GraphQLInterfaceType } from 'graphql';
import { expect, it } from 'vitest';
import { decodeId, encodeId } from './global-id.js';
import { schema } from './index.js';

it('reads the ids of everything that has one', () => {
  const node = schema.getType('Node');
  if (!(node instanceof GraphQLInterfaceType)) throw new Error('no Node');
  const names = schema.getPossibleTypes(node).map(({ name }) => name);
  expect(names.length).toBeGreaterThan(5);
  for (const typename of [...names, 'Upload']) {
    const id = randomUUID();
    expect(decodeId(encodeId(typename, id))).toEqual({ typename, id });
  }
});
