import { builder } from '../builder.js';

export const Person = builder.prismaNode('Person', {
  id: { field: 'id' },
  nullable: true,
  fields: (t) => ({ name: t.exposeString('name') }),
});
