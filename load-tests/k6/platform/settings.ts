import { findLoad, loads } from '../../src/loads/index.ts';

/** A request that is answered with an access token, as JSON of OAuth or as plain text. */
export interface TokenRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
}

export interface Picture {
  file: string;
  sha256: string;
}

function required(name: string): string {
  const value = __ENV[name];
  if (!value)
    throw new Error(
      `${name} is not set; \`npm run load\` sets it, and docs/operations/load-tests.md tells what to`,
    );
  return value;
}

const load = findLoad(required('LOAD_NAME'));
if (!load) throw new Error(`LOAD_NAME is one of ${loads.map(({ name }) => name).join(', ')}`);

export const settings = {
  load,
  /** Of the gateway. */
  url: required('LOAD_URL'),
  /** Begins every patient reference, so that the studies of this run are found again. */
  run: required('LOAD_RUN'),
  minutes: Number(__ENV.LOAD_MINUTES ?? load.minutes),
  /** Studies a second that the platform can do; see docs/operations/load-tests.md. */
  capacity: Number(required('LOAD_CAPACITY')),
  // Not from a file: `k6 archive` would pack the secrets.
  tokenRequests: JSON.parse(required('LOAD_TOKENS')) as TokenRequest[],
  /** Absolute, or relative to main.ts. */
  pictures: __ENV.LOAD_PICTURES ?? '../pictures',
  /** k6 prints it where nobody wants a file. */
  summaryFile: __ENV.LOAD_SUMMARY ?? 'stdout',
};
