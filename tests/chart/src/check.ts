/** One promise that is looked into. */
export interface Check {
  name: string;
  /** What is wrong, one sentence each; none when the promise holds. Throws MissingTool where it cannot be looked into. */
  faults(): Promise<string[]>;
  /** What was measured while looking into it, for people. */
  measured?(): string[];
}
