import type { Journal } from '@lucency/faults';

/** Submits X-rays, some at once, for as long as something happens to the platform. */
export async function underLoad<T>(journal: Journal, happening: () => Promise<T>): Promise<T> {
  let going = true;
  const submitting = (async () => {
    while (going) await journal.submit(4, { atOnce: 2 });
  })();
  // A load that fails is told at the end, by whoever awaits it; until then it must not end the process.
  submitting.catch(() => undefined);
  try {
    return await happening();
  } finally {
    going = false;
    await submitting;
  }
}
