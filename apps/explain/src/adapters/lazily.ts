/** Something costly that is made when it is first needed; after a failure the next one asking tries again. */
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
