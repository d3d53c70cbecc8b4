import { builder } from '../builder.js';

export const Organization = builder.prismaNode('Organization', {
  id: { field: 'id' },
  nullable: true,
  fields: (t) => ({ name: t.exposeString('name') }),
});
