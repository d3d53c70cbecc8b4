/** Named timers of one association: each is set anew, taken away, or calls `passed` once. */
export class Deadlines<Name extends string> {
  readonly #passed: (name: Name) => void;
  readonly #timers = new Map<Name, NodeJS.Timeout>();

  constructor(passed: (name: Name) => void) {
    this.#passed = passed;
  }

  set(name: Name, seconds: number): void {
    this.clear(name);
    const timer = setTimeout(() => {
      this.#timers.delete(name);
      this.#passed(name);
    }, seconds * 1000);
    this.#timers.set(name, timer);
  }

  isSet(name: Name): boolean {
    return this.#timers.has(name);
  }

  clear(name: Name): void {
    clearTimeout(this.#timers.get(name));
    this.#timers.delete(name);
  }

  clearAll(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }
}
