/**
 * Names under which clients' documentation puts the token, without regard to case: this API's own, and those that the
 * pages of Apollo, urql and graphql-ws show.
 */
const names = [
  'authorization',
  'authentication',
  'accesstoken',
  'access_token',
  'authtoken',
  'auth_token',
  'token',
];

/**
 * The token in the parameters of a connection, at the top or under `headers`, with or without "Bearer ", as it would
 * stand in the header of a request. Programs that can send that header with the handshake may do so instead.
 */
export function socketAuthorization(
  parameters: Readonly<Record<string, unknown>> | undefined,
  handshake: string | undefined,
): string | undefined {
  const given = tokenIn(parameters) ?? tokenIn(recordUnder(parameters, 'headers')) ?? handshake;
  const token = given?.trim().replace(/^bearer\s+/i, '');
  return token ? `Bearer ${token}` : undefined;
}

function tokenIn(record: Readonly<Record<string, unknown>> | undefined): string | undefined {
  for (const name of names) {
    const value = entryOf(record, name);
    if (typeof value === 'string' && value.trim() !== '') return value;
  }
  return undefined;
}

function recordUnder(record: Readonly<Record<string, unknown>> | undefined, name: string) {
  const value = entryOf(record, name);
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isRecord ? Object.fromEntries(Object.entries(value)) : undefined;
}

function entryOf(record: Readonly<Record<string, unknown>> | undefined, name: string): unknown {
  return Object.entries(record ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];
}
