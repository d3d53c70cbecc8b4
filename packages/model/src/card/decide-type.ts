import type { ModelCard } from './model-card.js';

/** Which type of pneumonia a picture looks like. The three are probabilities and sum to 1. */
export interface TypeHint {
  readonly normal: number;
  readonly bacterial: number;
  readonly viral: number;
  readonly says: 'BACTERIAL' | 'VIRAL' | 'UNCERTAIN';
}

/** @param logits `[3]`, in the order of the card's classes. Null of a model that tells no types apart. */
export function decideType(
  logits: Float32Array | null,
  { types }: Partial<Pick<ModelCard, 'types'>>,
): TypeHint | null {
  if (!logits || !types) return null;
  const highest = Math.max(...logits);
  const parts = Array.from(logits, (logit) => Math.exp((logit - highest) / types.temperature));
  const sum = parts.reduce((total, part) => total + part, 0);
  const [normal = Number.NaN, bacterial = Number.NaN, viral = Number.NaN] = parts.map((part) => part / sum);
  return { normal, bacterial, viral, says: named(bacterial / (bacterial + viral), types) };
}

function named(
  share: number,
  { bacterialFrom, viralFrom }: NonNullable<ModelCard['types']>,
): TypeHint['says'] {
  if (share >= bacterialFrom) return 'BACTERIAL';
  return 1 - share >= viralFrom ? 'VIRAL' : 'UNCERTAIN';
}
