import exec from 'k6/execution';
import type { Entry } from '../../src/journal/entry.ts';

/** k6 has it, and its types do not. */
declare const console: { log(line: string): void };

type Noted<E> = E extends Exclude<Entry, { is: 'began' }> ? Omit<E, 'at' | 'crowd'> & { at?: number } : never;

/** Writes a line into the journal, which k6 keeps as what scripts print; see --console-output. */
export function note(entry: Noted<Entry>): void {
  console.log(JSON.stringify({ at: Date.now(), crowd: exec.scenario.name, ...entry }));
}

/** Before the crowds, outside of any of them. */
export function noteBeginning(): void {
  const entry: Entry = { is: 'began', at: Date.now() };
  console.log(JSON.stringify(entry));
}
