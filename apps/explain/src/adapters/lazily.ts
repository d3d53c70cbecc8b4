/** Something costly that is made at the first use; after a failure the next use tries again. */
export interface Lazily<Thing> {
  get(): Promise<Thing>;
  /** What was made, or null. */
  made(): Promise<Thing> | null;
}

export function lazily<Thing>(make: () => Promise<Thing>): Lazily<Thing> {
  let thing: Promise<Thing> | null = null;
  return {
    get() {
      thing ??= make().catch((error: unknown) => {
        thing = null;
        throw error;
      });
      return thing;
    },
    made: () => thing,
  };
}
