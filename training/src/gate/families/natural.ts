import { between, type Random } from '../../random.js';
import { exposed, placed, render, type Scene, stored } from './canvas.js';
import { ellipse, grain, soft } from './tissue.js';

/** Grey pictures with the statistics of photographs. */
export const natural: Readonly<Record<string, (random: Random) => Promise<Uint8Array>>> = {
  clouds: (random) => photograph(clouds(random), random),
  landscape: (random) => photograph(landscape(random), random, 0.1),
  texture: (random) => photograph(texture(random), random, Math.PI),
  blobs: (random) => photograph(blobs(random), random),
  face: (random) => photograph(face(random), random, 0.3),
  room: (random) => photograph(room(random), random, 0.1),
};

function photograph(scene: Scene, random: Random, turn = 0.4): Promise<Uint8Array> {
  return stored(
    render(exposed(placed(scene, random, turn), random), random, between(random, 0, 0.06)),
    random,
  );
}

/** Amplitudes that fall as 1/f (Field 1987): each octave half as strong as the one below. */
function clouds(random: Random): Scene {
  const noise = grain(random, between(random, 1, 8), 6);
  const strength = between(random, 0.3, 0.9);
  return (x, y) => 0.5 + strength * noise(x, y);
}

function landscape(random: Random): Scene {
  const hills = grain(random, between(random, 1, 4), 4);
  const ground = grain(random, between(random, 6, 25), 4);
  const sky = grain(random, 3, 4);
  const horizon = between(random, -0.4, 0.5);
  const [above, below] = [between(random, 0.5, 0.95), between(random, 0.1, 0.5)];
  return (x, y) => {
    const land = soft(y - horizon - 0.3 * hills(x, 0), 0.01);
    return (1 - land) * (above - 0.15 * y + 0.15 * sky(x, y)) + land * (below + 0.25 * ground(x, y * 2));
  };
}

function texture(random: Random): Scene {
  const warp = grain(random, between(random, 1, 5), 3);
  const [along, across] = [between(random, 2, 40), between(random, 0, 20)];
  const sharp = between(random, 0.5, 4);
  return (x, y) => 0.5 + 0.4 * Math.tanh(sharp * Math.sin(along * x + 3 * warp(x, y)) * Math.cos(across * y));
}

function blobs(random: Random): Scene {
  const parts = Array.from({ length: Math.round(between(random, 2, 25)) }, () => {
    const spot = ellipse(
      between(random, -1, 1),
      between(random, -1, 1),
      between(random, 0.05, 0.6),
      between(random, 0.05, 0.6),
      between(random, 0.005, 0.1),
    );
    const shade = between(random, -0.5, 0.5);
    return (x: number, y: number) => shade * spot(x, y);
  });
  return (x, y) => 0.5 + parts.reduce((total, part) => total + part(x, y), 0);
}

function face(random: Random): Scene {
  const [wide, tall] = [between(random, 0.4, 0.65), between(random, 0.6, 0.85)];
  const head = ellipse(0, 0, wide, tall, 0.02);
  const hair = ellipse(0, -0.25, wide + 0.1, tall, 0.04);
  const eyes = [-1, 1].map((way) => ellipse(way * wide * 0.42, -0.1, 0.1, 0.05, 0.02));
  const mouth = ellipse(0, tall * 0.5, 0.2, 0.05, 0.02);
  const nose = ellipse(0.03, 0.12, 0.06, 0.16, 0.05);
  const shoulders = ellipse(0, 1.25, 0.95, 0.55, 0.03);
  const ground = grain(random, 3, 4);
  const [skin, dark, back] = [
    between(random, 0.5, 0.9),
    between(random, 0.05, 0.35),
    between(random, 0.1, 0.9),
  ];
  const light = between(random, -0.3, 0.3);
  return (x, y) => {
    const behind = back + 0.15 * ground(x, y);
    const withHair = behind + (dark - behind) * Math.max(hair(x, y), shoulders(x, y));
    const onFace =
      skin +
      light * x -
      0.35 * (eyes.reduce((all, eye) => all + eye(x, y), 0) + mouth(x, y)) -
      0.1 * nose(x, y);
    return withHair + (onFace - withHair) * head(x, y);
  };
}

function room(random: Random): Scene {
  const walls = Array.from({ length: 7 }, () => ({
    left: between(random, -1, 0.8),
    top: between(random, -1, 0.8),
    wide: between(random, 0.1, 1),
    tall: between(random, 0.1, 1),
    shade: between(random, 0.05, 0.95),
  }));
  const wear = grain(random, 6, 4);
  return (x, y) => {
    const hit = walls.findLast(
      ({ left, top, wide, tall }) => x > left && x < left + wide && y > top && y < top + tall,
    );
    return (hit?.shade ?? 0.6) + 0.08 * wear(x, y) - 0.1 * y;
  };
}
