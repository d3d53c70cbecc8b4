import { builder } from '../builder.js';

export const Organization = builder.prismaNode('Organization', {
  id: { field: 'id' },
  fields: (t) => ({ name: t.exposeString('name') }),
});
