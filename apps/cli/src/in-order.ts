/** Works on up to `atOnce` items side by side and yields the results in the order of the items. */
export async function* inOrder<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const started: Promise<Result>[] = [];
  const start = () => {
    const item = items[started.length];
    if (item === undefined) return;
    const result = work(item);
    // Awaited in its turn; until then a failure is not unhandled.
    result.catch(() => undefined);
    started.push(result);
  };
  while (started.length < Math.min(atOnce, items.length)) start();
  for (let next = 0; next < items.length; next += 1) {
    const result = await started[next];
    if (result === undefined) return;
    yield result;
    start();
  }
}
