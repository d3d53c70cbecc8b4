const longestWaitMs = 15_000;

/** 0.5 s doubling to 15 s, half of it by chance so that a restarted service is not stormed. */
export function waitMs(retries: number, chance: () => number = Math.random): number {
  const most = Math.min(longestWaitMs, 500 * 2 ** Math.min(retries, 10));
  return most / 2 + (most / 2) * chance();
}

export async function waitOrOnline(ms: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    window.addEventListener('online', done);
  });
}
