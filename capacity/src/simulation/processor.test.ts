import { expect, it } from 'vitest';
import { Processor } from './processor.js';
import { Simulation } from './simulation.js';

/** When activities of a second each end that start together. */
function ends(cores: number, ordinary: number, yielding: number): number[][] {
  const simulation = new Simulation();
  const processor = new Processor(simulation, cores);
  const third = processor.yielding(1 / 3);
  const times: number[][] = [[], []];
  const start = (runner: Pick<Processor, 'run'>, count: number, into: number[] | undefined) => {
    for (let index = 0; index < count; index += 1) runner.run(1, 1, () => into?.push(simulation.now));
  };
  start(processor, ordinary, times[0]);
  start(third, yielding, times[1]);
  simulation.runUntil(100);
  return times.map((each) => each.map((time) => Math.round(time * 1e6) / 1e6));
}

it('gives each a core while there is one, whatever its weight', () => {
  expect(ends(2, 1, 1)).toEqual([[1], [1]]);
});

it('shares one core by weight, and leaves all of it to what is left', () => {
  expect(ends(1, 1, 1)).toEqual([[1.333333], [2]]);
});

it('gives nothing more than a core: what it cannot use of its share goes to the others', () => {
  // Of two cores one thread would get 2 * 1 / (1 + 3 * 1/3) = 1, and three share the other.
  expect(ends(2, 1, 3)).toEqual([[1], [2, 2, 2]]);
  // With one at a third beside it, 2 * 1 / (1 + 1/3) would be more than a core.
  expect(ends(2, 1, 2)).toEqual([[1], [1.5, 1.5]]);
});
