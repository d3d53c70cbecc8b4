import { useEffect, useEffectEvent, useState } from 'react';

export interface SteadyAddress {
  /** Null when there is none, or while it is asked for again. */
  url: string | null;
  /** Several tries failed. */
  givenUp: boolean;
  /** To be called when the image at `url` has loaded. */
  onLoaded(): void;
  /** To be called when the image at `url` did not load: it has expired, or the network failed. */
  onFailed(): void;
  retry(): void;
}

interface Holding {
  held: string | null;
  failures: number;
  /** A fresh address is on its way. */
  isAsking: boolean;
}

const maxFailures = 3;
const pauseMs = 700;
const nothingYet: Holding = { held: null, failures: 0, isAsking: false };

/**
 * Every event about a study brings newly signed addresses. An image that is shown keeps the first, or it would
 * load again each time; only when it fails to load is it asked for again, which may bring the same address.
 */
export function useSteadyAddress(
  address: { url: string } | null,
  askAgain: () => Promise<unknown>,
): SteadyAddress {
  const [holding, setHolding] = useState(nothingYet);
  const { held, failures, isAsking } = holding;
  const givenUp = failures >= maxFailures;

  if (!address && holding !== nothingYet) setHolding(nothingYet);
  else if (address && !held && !isAsking && !givenUp) setHolding({ ...holding, held: address.url });

  const ask = useEffectEvent(askAgain);
  useEffect(() => {
    if (!isAsking) return;
    let isOver = false;
    const timer = setTimeout(() => {
      void ask().finally(() => {
        if (!isOver) setHolding((now) => ({ ...now, isAsking: false }));
      });
    }, failures * pauseMs);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [isAsking, failures]);

  return {
    url: held,
    givenUp: address !== null && givenUp && !held,
    onLoaded: () => setHolding((now) => (now.failures > 0 ? { ...now, failures: 0 } : now)),
    // The same picture may stand in two places: it fails once.
    onFailed: () =>
      setHolding((now) => {
        if (now.held !== held) return now;
        return { held: null, failures: now.failures + 1, isAsking: now.failures + 1 < maxFailures };
      }),
    retry: () => setHolding({ held: null, failures: 0, isAsking: true }),
  };
}
