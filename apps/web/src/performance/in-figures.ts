import type { BoundsFragment } from '../gql/graphql';

/** To a tenth of a percent: one image of a thousand. */
export function share(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}

export function shareBounds({ low, high }: BoundsFragment): string {
  return `${(100 * low).toFixed(1)} to ${share(high)}`;
}

export function decimal(value: number): string {
  return value.toFixed(3);
}

export function decimalBounds({ low, high }: BoundsFragment): string {
  return `${decimal(low)} to ${decimal(high)}`;
}
