import { useState } from 'react';

export interface SteadyAddress {
  /** Null when there is none, or while a fresh one is on its way. */
  url: string | null;
  /** Several fresh addresses failed as well. */
  givenUp: boolean;
  /** To be called when the image at `url` did not load: it has expired, or the network failed. */
  onFailed(): void;
  retry(): void;
}

const maxFailures = 3;

/**
 * Every event about a study brings newly signed addresses. An image that is shown keeps the first, or it would
 * load again each time; only when it fails to load is a fresh one asked for.
 */
export function useSteadyAddress(address: { url: string } | null, askAgain: () => void): SteadyAddress {
  const [held, setHeld] = useState<string | null>(null);
  const [failed, setFailed] = useState<readonly string[]>([]);
  const fresh = address && !failed.includes(address.url) ? address.url : null;

  if (!address && held) setHeld(null);
  else if (!held && fresh) setHeld(fresh);

  return {
    url: held,
    givenUp: !held && failed.length >= maxFailures,
    onFailed() {
      if (!held) return;
      setFailed([...failed, held]);
      setHeld(null);
      if (failed.length + 1 < maxFailures) askAgain();
    },
    retry() {
      setFailed([]);
      askAgain();
    },
  };
}
