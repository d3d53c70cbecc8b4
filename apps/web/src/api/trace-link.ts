import { SetContextLink } from '@apollo/client/link/context';

/**
 * Begins a trace with each operation that does not bring its click's, so that a click can be followed through every
 * service: a random parent as W3C Trace Context writes it (https://www.w3.org/TR/trace-context/), sampled as far as the
 * gateway samples at all.
 */
export function traceLink(): SetContextLink {
  return new SetContextLink(({ headers }) => ({ headers: { traceparent: newTraceparent(), ...headers } }));
}

/** A new trace with the click as its first part. */
export function newTraceparent(): string {
  const id = (bytes: number) =>
    Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) =>
      byte.toString(16).padStart(2, '0'),
    ).join('');
  return `00-${id(16)}-${id(8)}-01`;
}
