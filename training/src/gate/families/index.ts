import { type Random, seededRandom } from '../../random.js';
import { blanks } from './blanks.js';
import { bodyParts } from './body-parts.js';
import { charts } from './charts.js';
import { natural } from './natural.js';
import { packagePictures } from './package-pictures.js';
import { pages } from './pages.js';
import { scans } from './scans.js';

export interface Family {
  readonly name: string;
  readonly pictures: readonly { readonly kind: string; readonly bytes: Uint8Array }[];
}

const drawn = {
  'other body parts': bodyParts,
  'other scans': scans,
  charts,
  'pages and screens': pages,
  'like photographs': natural,
  'next to nothing': blanks,
};

/**
 * Counter-examples, all grey, so that colour alone refuses none: `each` of every drawn family, its kinds in turn,
 * and as many pictures of packages as `folders` hold.
 */
export async function counterExamples(
  each: number,
  seed: number,
  folders: readonly string[],
): Promise<Family[]> {
  const families: Family[] = [];
  for (const [name, kinds] of Object.entries(drawn))
    families.push({ name, pictures: await draw(kinds, each, seed) });
  const found = await packagePictures(folders, each);
  if (found.length > 0)
    families.push({
      name: 'package pictures',
      pictures: found.map((bytes) => ({ kind: 'package pictures', bytes })),
    });
  return families;
}

async function draw(
  kinds: Readonly<Record<string, (random: Random) => Promise<Uint8Array>>>,
  each: number,
  seed: number,
) {
  const artists = Object.entries(kinds);
  const pictures: { kind: string; bytes: Uint8Array }[] = [];
  for (let at = 0; at < each; at += 1) {
    const [kind, artist] = artists[at % artists.length] ?? [];
    if (kind && artist) pictures.push({ kind, bytes: await artist(seededRandom(seed * 100_003 + at)) });
  }
  return pictures;
}
