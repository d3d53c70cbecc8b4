import { between, type Random } from '../../random.js';
import { placed, render, type Scene, stored } from './canvas.js';
import { ellipse, grain, soft } from './tissue.js';

/** Drawn medical pictures that are no X-ray of anything. */
export const scans: Readonly<Record<string, (random: Random) => Promise<Uint8Array>>> = {
  ultrasound: (random) => stored(render(ultrasound(random), random), random),
  'CT of the chest': (random) => stored(render(placed(chestSlice(random), random, 0.15), random), random),
  'CT of the belly': (random) => stored(render(placed(bellySlice(random), random, 0.15), random), random),
  'MR of the head': (random) => stored(render(placed(headSlice(random), random, 0.3), random), random),
  'fundus of an eye': (random) => stored(render(placed(fundus(random), random), random), random),
};

function ultrasound(random: Random): Scene {
  const apex = between(random, -1.5, -1.05);
  const opening = between(random, 0.4, 0.9);
  const depth = between(random, 1.7, 2.4);
  const speckle = grain(random, between(random, 15, 31), 2);
  const tissue = grain(random, between(random, 2, 5), 3);
  const cysts = Array.from({ length: 3 }, () =>
    ellipse(
      between(random, -0.5, 0.5),
      between(random, -0.5, 0.6),
      between(random, 0.05, 0.3),
      between(random, 0.05, 0.25),
      0.04,
    ),
  );
  return (x, y) => {
    const far = Math.hypot(x, y - apex);
    const angle = Math.atan2(x, y - apex);
    const inside = soft(opening - Math.abs(angle), 0.01) * soft(depth - far, 0.01) * soft(far - 0.25, 0.01);
    const echo =
      0.35 + 0.3 * tissue(angle, far) - 0.25 * cysts.reduce((total, cyst) => total + cyst(x, y), 0);
    return inside * Math.max(0, echo * (1 + 0.9 * speckle(angle * 2, far * 2)));
  };
}

function chestSlice(random: Random): Scene {
  const body = ellipse(0, 0, between(random, 0.8, 0.92), between(random, 0.55, 0.7), 0.01);
  const lungs = [-1, 1].map((way) =>
    ellipse(way * 0.42, 0, between(random, 0.28, 0.34), between(random, 0.38, 0.46), 0.01),
  );
  const heart = ellipse(0.12, -0.12, 0.25, 0.22, 0.02);
  const vertebra = ellipse(0, 0.38, 0.12, 0.11, 0.01);
  const vessels = grain(random, 12, 3);
  return (x, y) => {
    const air = Math.min(
      1,
      lungs.reduce((total, lung) => total + lung(x, y), 0),
    );
    const inLung = 0.06 + 0.5 * Math.max(0, vessels(x, y) - 0.3);
    const tissue = 0.5 + 0.15 * heart(x, y) + 0.4 * vertebra(x, y);
    return body(x, y) * (tissue * (1 - air) + inLung * air);
  };
}

function bellySlice(random: Random): Scene {
  const body = ellipse(0, 0, between(random, 0.75, 0.95), between(random, 0.55, 0.75), 0.01);
  const fat = ellipse(0, 0, 0.76, 0.56, 0.02);
  const organs = Array.from({ length: 8 }, () => {
    const organ = ellipse(
      between(random, -0.6, 0.6),
      between(random, -0.4, 0.4),
      between(random, 0.06, 0.3),
      between(random, 0.06, 0.22),
      0.01,
    );
    const shade = between(random, -0.3, 0.25);
    return (x: number, y: number) => shade * organ(x, y);
  });
  const vertebra = ellipse(0, 0.35, 0.13, 0.12, 0.01);
  return (x, y) =>
    body(x, y) *
    (0.25 +
      0.25 * fat(x, y) +
      organs.reduce((total, organ) => total + organ(x, y), 0) +
      0.4 * vertebra(x, y));
}

function headSlice(random: Random): Scene {
  const [wide, tall] = [between(random, 0.55, 0.72), between(random, 0.7, 0.88)];
  const scalp = ellipse(0, 0, wide, tall, 0.01);
  const skull = ellipse(0, 0, wide - 0.05, tall - 0.05, 0.01);
  const brain = ellipse(0, 0, wide - 0.11, tall - 0.11, 0.015);
  const folds = grain(random, between(random, 8, 14), 2);
  const ventricles = [-1, 1].map((way) => ellipse(way * 0.1, -0.05, 0.06, 0.22, 0.02));
  const fluid = random() < 0.5 ? 0.45 : -0.4;
  return (x, y) => {
    const edge = 1 - Math.min(1, Math.hypot(x / wide, y / tall));
    const cortex = Math.tanh(4 * folds(x, y)) * 0.15 * Math.exp(-edge * 3);
    const inside = 0.5 + cortex + fluid * ventricles.reduce((total, part) => total + part(x, y), 0);
    return (
      0.8 * scalp(x, y) -
      0.75 * skull(x, y) +
      brain(x, y) * inside -
      0.15 * brain(x, y) * soft(0.01 - Math.abs(x), 0.01)
    );
  };
}

function fundus(random: Random): Scene {
  const disc = ellipse(0, 0, 0.92, 0.92, 0.01);
  const [cx, cy] = [between(random, -0.5, 0.5), between(random, -0.15, 0.15)];
  const nerve = ellipse(cx, cy, 0.14, 0.15, 0.03);
  const vessels = grain(random, 4, 3);
  return (x, y) => {
    const vessel = Math.exp(-((vessels(x, y) / 0.04) ** 2));
    return disc(x, y) * (0.5 - 0.25 * Math.hypot(x, y) + 0.4 * nerve(x, y) - 0.2 * vessel);
  };
}
