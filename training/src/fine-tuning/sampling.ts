import { groupBy, homeSource } from '@lucency/evaluation';
import { type Random, seededRandom, seedOf, shuffle } from '@lucency/statistics';
import type { Example } from '../dataset/examples.js';

/** How an epoch is drawn where several sources are learnt from. */
export interface Sampling {
  readonly imagesAnEpoch: number;
  /** Of an epoch; the other sources share the rest. */
  readonly homeShare: number;
  /** Of a source's images without pneumonia, those that are abnormal otherwise, where it has any. */
  readonly otherAbnormalShare: number;
}

/**
 * One epoch in which both classes of every source come up as often, each image as often as the others of its kind. Any
 * epoch can be drawn again alone.
 */
export function balancedEpoch<T extends Example>(
  examples: readonly T[],
  sampling: Sampling,
  seed: number,
  epoch: number,
): T[] {
  const random = seededRandom(seedOf(seed, epoch));
  const sources = [...groupBy(examples, ({ source }) => source)];
  const drawn = sources.flatMap(([source, images]) => {
    const share = sourceShare(source, sources.length, sampling.homeShare);
    return kindsOf(images, sampling.otherAbnormalShare).flatMap(({ of, share: within }) =>
      inTurns(of, Math.round(sampling.imagesAnEpoch * share * within), random),
    );
  });
  return shuffle(drawn, random);
}

function sourceShare(source: string, sources: number, homeShare: number): number {
  if (sources === 1) return 1;
  return source === homeSource ? homeShare : (1 - homeShare) / (sources - 1);
}

function kindsOf<T extends Example>(images: readonly T[], otherAbnormalShare: number) {
  const pneumonias = images.filter(({ label }) => label === 1);
  const others = images.filter(({ label, otherAbnormal }) => label === 0 && otherAbnormal);
  const normals = images.filter(({ label, otherAbnormal }) => label === 0 && !otherAbnormal);
  const hard = others.length > 0 ? otherAbnormalShare : 0;
  return [
    { of: pneumonias, share: 0.5 },
    { of: others, share: 0.5 * hard },
    { of: normals, share: 0.5 * (1 - hard) },
  ];
}

/** So many, all once before any comes twice. */
function inTurns<T>(items: readonly T[], count: number, random: Random): T[] {
  if (items.length === 0) return [];
  const turns = Math.ceil(count / items.length);
  return Array.from({ length: turns }, () => shuffle([...items], random))
    .flat()
    .slice(0, count);
}
