import type { Tensors } from '@lucency/model/weights';

/** Weights between two trainings of one network (Wortsman et al. 2022): 0 is `from`, 1 is `to`. */
export function interpolate(from: Tensors, to: Tensors, share: number): Tensors {
  return new Map(
    [...to].map(([name, { shape, values }]) => {
      const other = from.get(name)?.values;
      if (!other || other.length !== values.length) throw new Error(`${name} is not the same in both`);
      const between = values.map((value, at) => (other[at] ?? 0) + share * (value - (other[at] ?? 0)));
      return [name, { shape, values: between }];
    }),
  );
}
