import { between, type Random } from '../../random.js';
import { exposed, render, type Scene, stored } from './canvas.js';
import { ellipse } from './tissue.js';

/** Almost nothing: shut collimators, test patterns, a lens cap. */
export const blanks: Readonly<Record<string, (random: Random) => Promise<Uint8Array>>> = {
  'one shade': (random) => stored(render(flat(random), random), random),
  ramp: (random) => stored(render(exposed(ramp(random), random), random), random),
  glow: (random) => stored(render(exposed(glow(random), random), random), random),
  noise: (random) => stored(render(flat(random), random, between(random, 0.1, 0.6)), random),
  field: (random) => stored(render(field(random), random), random),
};

function flat(random: Random): Scene {
  const shade = between(random, 0, 1);
  return () => shade;
}

function ramp(random: Random): Scene {
  const angle = between(random, 0, 2 * Math.PI);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const steps = random() < 0.4 ? Math.round(between(random, 3, 16)) : 0;
  return (x, y) => {
    const part = 0.5 + 0.35 * (cos * x + sin * y);
    return steps > 0 ? Math.round(part * steps) / steps : part;
  };
}

function glow(random: Random): Scene {
  const [cx, cy] = [between(random, -0.5, 0.5), between(random, -0.5, 0.5)];
  const wide = between(random, 0.2, 1.2);
  return (x, y) => Math.exp(-(((x - cx) ** 2 + (y - cy) ** 2) / wide ** 2));
}

function field(random: Random): Scene {
  const open = ellipse(
    between(random, -0.3, 0.3),
    between(random, -0.3, 0.3),
    between(random, 0.2, 0.9),
    between(random, 0.2, 0.9),
    0.02,
  );
  const [inside, outside] = [between(random, 0.3, 1), between(random, 0, 0.3)];
  return (x, y) => outside + (inside - outside) * open(x, y);
}
