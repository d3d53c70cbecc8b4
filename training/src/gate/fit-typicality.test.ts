import { textureCount, typicality } from '@lucency/model/card';
import { normal, seededRandom } from '@lucency/statistics';
import { describe, expect, it } from 'vitest';
import { fitTypicality } from './fit-typicality.js';

/** Textures that vary along thirty hidden directions, with a little noise of their own. */
function textures(count: number, seed: number): Float32Array[] {
  const hidden = seededRandom(7);
  const ways = Array.from({ length: 30 }, () =>
    Float32Array.from({ length: textureCount }, () => normal(hidden)),
  );
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const places = ways.map(() => 0.05 * normal(random));
    return Float32Array.from({ length: textureCount }, (_, at) => {
      const along = ways.reduce((sum, way, which) => sum + (way[at] ?? 0) * (places[which] ?? 0), 0);
      return (2 + along + 0.02 * normal(random)) ** 2;
    });
  });
}

describe('typicality', () => {
  const validation = textures(300, 2);
  const fitted = fitTypicality(textures(400, 1), { plain: validation, treated: validation });
  const card = { typicality: fitted };

  it('cautions about one in a hundred of the pictures that it was set on', () => {
    const cautioned = textures(300, 2).filter((texture) => typicality(texture, card)?.untypical).length;
    expect(cautioned).toBe(3);
  });

  it('cautions for textures of another kind and stays calm for new ones of the same', () => {
    const [texture = new Float32Array(textureCount)] = textures(1, 3);
    expect(typicality(texture, card)?.untypical).toBe(false);
    expect(
      typicality(
        texture.map((value, at) => (at % 2 ? value * 1.8 : value)),
        card,
      )?.untypical,
    ).toBe(true);
    expect(typicality(texture.toReversed(), card)?.untypical).toBe(true);
  });

  it('calls far only what no picture of the kind that it was set on comes near', () => {
    expect(textures(300, 2).some((texture) => typicality(texture, card)?.far)).toBe(false);
    const [texture = new Float32Array(textureCount)] = textures(1, 3);
    const other = texture.map((value, at) => (at % 2 ? value * 4 : value));
    expect(typicality(other, card)?.far).toBe(true);
  });

  it('fits into 20 KB of the card', () => {
    expect(JSON.stringify(fitted).length).toBeLessThan(20_000);
  });

  it('says nothing when the card knows nothing', () => {
    expect(typicality(new Float32Array(textureCount), {})).toBeNull();
  });
});
