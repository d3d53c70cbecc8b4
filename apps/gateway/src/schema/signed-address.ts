import type { SignedAddress as Shape } from '../addresses/signed-addresses.js';
import { builder } from './builder.js';

export const SignedAddress = builder.objectRef<Shape>('SignedAddress').implement({
  description: 'Fetch it with GET and without credentials before it expires; ask again for a fresh one.',
  fields: (t) => ({
    url: t.exposeString('url'),
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
  }),
});
