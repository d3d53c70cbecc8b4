interface Entry<T> {
  readonly time: number;
  readonly order: number;
  readonly value: T;
}

/** What happens when, the earliest first; of the same time, what was added first. A binary heap. */
export class EventQueue<T> {
  readonly #heap: Entry<T>[] = [];
  #added = 0;

  get size(): number {
    return this.#heap.length;
  }

  /** Time of the earliest, or Infinity. */
  get nextTime(): number {
    return this.#heap[0]?.time ?? Number.POSITIVE_INFINITY;
  }

  add(time: number, value: T): void {
    const entry = { time, order: this.#added++, value };
    let place = this.#heap.push(entry) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = this.#heap[parent];
      if (!above || !before(entry, above)) break;
      this.#heap[place] = above;
      place = parent;
    }
    this.#heap[place] = entry;
  }

  /** Takes the earliest out; undefined when there is none. */
  take(): T | undefined {
    const [first] = this.#heap;
    const last = this.#heap.pop();
    if (last && this.#heap.length > 0) this.#sink(last);
    return first?.value;
  }

  #sink(entry: Entry<T>): void {
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      const [one, other] = [this.#heap[left], this.#heap[left + 1]];
      if (!one) break;
      const [child, lesser] = other && before(other, one) ? [left + 1, other] : [left, one];
      if (!before(lesser, entry)) break;
      this.#heap[place] = lesser;
      place = child;
    }
    this.#heap[place] = entry;
  }
}

function before<T>(a: Entry<T>, b: Entry<T>): boolean {
  return a.time < b.time || (a.time === b.time && a.order < b.order);
}
