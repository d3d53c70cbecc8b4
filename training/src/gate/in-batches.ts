const atOnce = 8;

/** Works through the items in order, a few at a time: decoding keeps a second core busy, memory stays flat. */
export async function inBatches<T, R>(
  items: readonly T[],
  work: (item: T, at: number) => Promise<R>,
): Promise<R[]> {
  const done: R[] = [];
  for (let start = 0; start < items.length; start += atOnce) {
    const batch = items.slice(start, start + atOnce).map((item, at) => work(item, start + at));
    done.push(...(await Promise.all(batch)));
  }
  return done;
}
