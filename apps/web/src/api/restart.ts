import { useEffect, useRef } from 'react';

const restartAfterMs = 5_000;

/** Starts a subscription again some seconds after it failed, or after the returned function was called. */
export function useRestart(error: unknown, restart: () => void): () => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const restartSoon = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(restart, restartAfterMs);
  };
  const whenFailed = useRef(restartSoon);
  whenFailed.current = restartSoon;
  useEffect(() => {
    if (error) whenFailed.current();
  }, [error]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return restartSoon;
}
