import { between, type Random } from '../../random.js';
import { exposed, placed, render, type Scene, stored } from './canvas.js';
import { bone, ellipse, flesh, grain, soft, sum } from './tissue.js';

/** Drawn X-rays of what is no chest. */
export const bodyParts: Readonly<Record<string, (random: Random) => Promise<Uint8Array>>> = {
  hand: (random) => picture(hand(random), random, Math.PI),
  skull: (random) => picture(random() < 0.5 ? skullFromFront(random) : skullFromSide(random), random),
  knee: (random) => picture(joint(random), random, 0.6),
  pelvis: (random) => picture(pelvis(random), random, 0.2),
  spine: (random) => picture(spine(random), random, 0.3),
  abdomen: (random) => picture(abdomen(random), random, 0.15),
};

function picture(scene: Scene, random: Random, turn = 0.4): Promise<Uint8Array> {
  const structure = grain(random, between(random, 4, 12));
  const textured: Scene = (x, y) => {
    const shade = scene(x, y);
    return shade * (1 + 0.12 * structure(x, y)) + 0.03;
  };
  return stored(render(exposed(placed(textured, random, turn), random), random), random);
}

function hand(random: Random): Scene {
  const spread = between(random, 0.25, 0.6);
  const fingers = [-1, -0.4, 0.1, 0.55].flatMap((way, finger): Scene[] => {
    const angle = way * spread;
    const reach = [0.55, 0.68, 0.72, 0.66][finger] ?? 0.6;
    const at = (part: number): [number, number] => [
      way * 0.28 + Math.sin(angle) * part * reach,
      0.05 - Math.cos(angle) * part * reach,
    ];
    const joints = [-0.65, -0.05, 0.5, 0.8, 1] as const;
    const bones = joints.slice(1).map((end, at0): Scene => {
      const b = bone(at((joints[at0] ?? 0) + 0.03), at(end - 0.03), 0.035);
      return (x, y) => 0.5 * b(x, y);
    });
    const skin = flesh(at(0), at(1.05), 0.1);
    return [...bones, (x, y) => 0.3 * skin(x, y)];
  });
  const palm = ellipse(0, 0.3, 0.38, 0.36, 0.03);
  const thumb = flesh([0.25, 0.5], [0.7, 0.05], 0.11);
  const thumbBone = bone([0.3, 0.45], [0.52, 0.22], 0.04);
  const wrist = flesh([0, 0.5], [0, 1.4], 0.3);
  const radius = bone([-0.1, 0.75], [-0.1, 1.5], 0.09);
  const ulna = bone([0.12, 0.78], [0.12, 1.5], 0.07);
  return sum([
    ...fingers,
    (x, y) => 0.35 * Math.max(palm(x, y), wrist(x, y)) + 0.28 * thumb(x, y) + 0.45 * thumbBone(x, y),
    (x, y) => 0.45 * (radius(x, y) + ulna(x, y)),
  ]);
}

function skullFromFront(random: Random): Scene {
  const width = between(random, 0.55, 0.68);
  const vault = ellipse(0, -0.15, width, 0.75, 0.02);
  const inside = ellipse(0, -0.15, width - 0.06, 0.69, 0.03);
  const orbits = [-1, 1].map((way) => ellipse(way * 0.25, 0.02, 0.17, 0.14, 0.02));
  const nose = ellipse(0, 0.22, 0.09, 0.18, 0.03);
  const jaw = ellipse(0, 0.5, 0.42, 0.38, 0.03);
  const teeth: Scene = (x, y) =>
    0.25 *
    soft(0.12 - Math.abs(y - 0.52), 0.02) *
    soft(0.25 - Math.abs(x), 0.02) *
    (0.6 + 0.4 * Math.cos(x * 60));
  return (x, y) =>
    0.75 * vault(x, y) -
    0.25 * inside(x, y) +
    0.3 * jaw(x, y) +
    teeth(x, y) -
    0.18 * orbits.reduce((total, orbit) => total + orbit(x, y), 0) -
    0.3 * nose(x, y);
}

function skullFromSide(random: Random): Scene {
  const vault = ellipse(0.05, -0.2, between(random, 0.7, 0.82), 0.62, 0.02);
  const inside = ellipse(0.05, -0.2, 0.66, 0.55, 0.03);
  const face = ellipse(-0.5, 0.35, 0.32, 0.45, 0.05);
  const jaw = bone([-0.7, 0.75], [-0.1, 0.45], 0.1);
  const neck = flesh([0.35, 0.3], [0.45, 1.5], 0.4);
  const base = bone([-0.4, 0.15], [0.35, 0.3], 0.1);
  return (x, y) =>
    0.7 * vault(x, y) -
    0.25 * inside(x, y) +
    0.35 * face(x, y) +
    0.4 * jaw(x, y) +
    0.35 * neck(x, y) +
    0.3 * base(x, y);
}

function joint(random: Random): Scene {
  const gap = between(random, 0.02, 0.05);
  const limb = flesh([0, -1.5], [between(random, -0.2, 0.2), 1.5], between(random, 0.45, 0.7));
  const upper = bone([0.02, -1.6], [0, -gap - 0.14], between(random, 0.14, 0.2));
  const lower = bone([0, gap + 0.14], [0.03, 1.6], between(random, 0.13, 0.19));
  const side = bone([0.3, 0.3], [0.28, 1.6], 0.07);
  const cap = ellipse(0.03, -0.2, 0.14, 0.15, 0.03);
  return (x, y) =>
    0.35 * limb(x, y) + 0.45 * upper(x, y) + 0.45 * lower(x, y) + 0.3 * side(x, y) + 0.12 * cap(x, y);
}

function pelvis(random: Random): Scene {
  const wide = between(random, 0.85, 1);
  const body = ellipse(0, 0, 1.05, 1.3, 0.05);
  const wings = [-1, 1].map((way) => ellipse(way * 0.5 * wide, -0.3, 0.36, 0.42, 0.03));
  const rings = [-1, 1].map((way) => ellipse(way * 0.27, 0.5, 0.24, 0.22, 0.02));
  const holes = [-1, 1].map((way) => ellipse(way * 0.27, 0.52, 0.13, 0.12, 0.02));
  const sacrum = ellipse(0, -0.2, 0.22, 0.5, 0.04);
  const hips = [-1, 1].map((way) => bone([way * 0.55, 0.25], [way * 0.82, 0.6], 0.12));
  const thighs = [-1, 1].map((way) => bone([way * 0.8, 0.55], [way * 0.7, 1.6], 0.13));
  const canal = ellipse(0, 0.15, 0.3, 0.2, 0.05);
  const gas = grain(random, 5, 3);
  return (x, y) => {
    const bones = [...wings, ...rings, ...hips, ...thighs].reduce((total, part) => total + part(x, y), 0);
    const empty = holes.reduce((total, part) => total + part(x, y), 0);
    return (
      0.4 * body(x, y) +
      0.3 * Math.min(1.4, bones) +
      0.2 * sacrum(x, y) -
      0.3 * empty -
      0.1 * canal(x, y) -
      0.12 * Math.max(0, gas(x, y) - 0.1)
    );
  };
}

function spine(random: Random): Scene {
  const count = between(random, 5, 9);
  const bend = between(random, -0.25, 0.25);
  const wide = between(random, 0.16, 0.3);
  const tissue = flesh([0, -1.6], [0, 1.6], between(random, 0.8, 1.3));
  return (x, y) => {
    const middle = bend * (1 - y * y);
    const across = x - middle;
    const phase = (y * count) / 2 - Math.floor((y * count) / 2);
    const block = soft(0.4 - Math.abs(phase - 0.5), 0.03) * soft(wide - Math.abs(across), 0.02);
    const edge = block * (Math.abs(phase - 0.5) > 0.33 || Math.abs(across) > wide * 0.85 ? 1 : 0.7);
    const pedicles =
      soft(0.05 - Math.abs(Math.abs(across) - wide * 0.6), 0.02) * soft(0.15 - Math.abs(phase - 0.45), 0.03);
    const arms = soft(0.08 - Math.abs(phase - 0.4), 0.02) * soft(wide * 2 - Math.abs(across), 0.04);
    return 0.3 * tissue(x, y) + 0.4 * edge + 0.12 * pedicles + 0.12 * arms;
  };
}

function abdomen(random: Random): Scene {
  const body = ellipse(0, 0, between(random, 0.88, 1.05), 1.6, 0.04);
  const column = spine(random);
  const loops = Array.from({ length: 9 }, () =>
    ellipse(
      between(random, -0.7, 0.7),
      between(random, -0.7, 0.8),
      between(random, 0.08, 0.25),
      between(random, 0.06, 0.18),
      0.03,
    ),
  );
  const liver = ellipse(-0.45, -0.6, 0.55, 0.45, 0.08);
  const crests = [-1, 1].map((way) => ellipse(way * 0.65, 0.95, 0.4, 0.4, 0.03));
  return (x, y) =>
    0.45 * body(x, y) +
    0.4 * column(x, y) +
    0.12 * liver(x, y) +
    0.2 * crests.reduce((total, crest) => total + crest(x, y), 0) -
    0.22 *
      Math.min(
        1.3,
        loops.reduce((total, loop) => total + loop(x, y), 0),
      );
}
