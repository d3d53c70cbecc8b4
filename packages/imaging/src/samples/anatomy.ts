import { layered, type Noise, smoothNoise } from './random.js';

/** A chest in coordinates of the picture: x from -1 (patient's right) to 1, y from -1 (neck) to 1 (belly). */
export type Chest = (x: number, y: number) => number;

interface Build {
  bodyWidth: number;
  lungWidth: number;
  lungTop: number;
  diaphragm: number;
  heartSize: number;
  tilt: number;
  ribPhase: number;
  exposure: number;
  consolidations: Consolidation[];
}

interface Consolidation {
  x: number;
  y: number;
  radius: number;
  density: number;
}

/** @returns the brightness of each point of one patient's chest, 0 (air) to 1 (bone on soft tissue). */
export function growChest(random: () => number, pneumonia: boolean): Chest {
  const build = randomBuild(random, pneumonia);
  const tissue = layered(smoothNoise(random), 3);
  const markings = layered(smoothNoise(random), 4);
  return (px, py) => {
    const x = px + build.tilt * py;
    const inside = body(x, py, build);
    const air = lungs(x, py, build);
    const opacity = consolidation(x, py, build, markings) * air;
    const brightness =
      0.05 +
      inside * (0.47 + 0.05 * tissue(x * 3, py * 3)) -
      air * (0.34 + 0.07 * markings(x * 9, py * 9) * hilum(x, py)) +
      opacity +
      mediastinum(x, py) * 0.26 +
      heart(x, py, build) * (0.1 + 0.22 * air) +
      ribs(x, py, build) * (0.05 + 0.07 * air) * inside +
      clavicles(x, py) * 0.12 * inside +
      belly(x, py, build) * 0.12;
    return film(Math.max(0, brightness * build.exposure));
  };
}

/** The shoulder of a film's curve: above 0.7 brightness comes ever slower and never reaches 1. */
function film(brightness: number): number {
  return brightness < 0.7 ? brightness : 0.7 + 0.3 * Math.tanh((brightness - 0.7) / 0.3);
}

function randomBuild(random: () => number, pneumonia: boolean): Build {
  const between = (from: number, to: number) => from + (to - from) * random();
  return {
    bodyWidth: between(0.84, 0.92),
    // Ill lungs take in less air; drawn as wide as healthy ones, many are no lungs to the gate.
    lungWidth: pneumonia ? between(0.29, 0.32) : between(0.31, 0.36),
    lungTop: between(-0.8, -0.72),
    diaphragm: between(0.5, 0.62),
    heartSize: between(0.24, 0.29),
    tilt: between(-0.04, 0.04),
    ribPhase: between(0, 1),
    exposure: between(0.96, 1.1),
    consolidations: pneumonia ? growConsolidations(between) : [],
  };
}

function growConsolidations(between: (from: number, to: number) => number): Consolidation[] {
  const side = between(0, 1) < 0.6 ? -1 : 1;
  const worst = {
    x: side * between(0.32, 0.45),
    y: between(0, 0.35),
    radius: between(0.26, 0.36),
    density: 0.34,
  };
  const patches = Array.from({ length: 5 }, (_, at) => ({
    x: (at % 2 === 0 ? -1 : 1) * between(0.25, 0.55),
    y: between(-0.45, 0.45),
    radius: between(0.14, 0.24),
    density: between(0.1, 0.2),
  }));
  return [worst, ...patches];
}

/** 1 inside and 0 outside, with an edge as wide as `softness`. */
function soft(depth: number, softness: number): number {
  return 1 / (1 + Math.exp(-depth / softness));
}

function body(x: number, y: number, { bodyWidth }: Build): number {
  const torso = soft(bodyWidth - 0.07 * (y - 1) ** 2 - Math.abs(x), 0.02);
  const shoulders = soft(0.42 - (y + 1.25) * 0.9 - Math.abs(Math.abs(x) - 0.75) * 0.6, 0.03);
  return Math.max(torso, shoulders * 0.9);
}

function lungs(x: number, y: number, { lungWidth, lungTop, diaphragm }: Build): number {
  const across = Math.abs(x) - 0.41;
  const dome = diaphragm - (x < 0 ? 0.07 : 0) + 1.1 * across ** 2;
  const height = (y - lungTop) / (dome - lungTop);
  const taper = height > 0 ? Math.min(1, 0.5 + 0.75 * Math.sqrt(height)) : 0.3;
  const side = soft(lungWidth * taper - Math.abs(across - 0.03 * height), 0.018);
  return side * soft(y - lungTop - 2 * across ** 2, 0.03) * soft(dome - y, 0.012);
}

function hilum(x: number, y: number): number {
  return 0.5 + 1.5 * Math.exp(-(((Math.abs(x) - 0.22) / 0.2) ** 2) - ((y + 0.1) / 0.35) ** 2);
}

function mediastinum(x: number, y: number): number {
  const vertebra = 0.85 + 0.15 * Math.cos(y * 38);
  return (
    soft(0.13 + 0.03 * y - Math.abs(x), 0.025) * 0.75 + soft(0.07 - Math.abs(x), 0.015) * 0.25 * vertebra
  );
}

function heart(x: number, y: number, { heartSize, diaphragm }: Build): number {
  const across = (x - 0.12) / (heartSize * 1.25);
  const down = (y - diaphragm + 0.3) / (heartSize * 1.3);
  return soft(1 - Math.hypot(across, down), 0.07);
}

function ribs(x: number, y: number, { ribPhase }: Build): number {
  const out = Math.abs(x);
  const behind = Math.cos(((y - 0.5 * out + 0.75 * out ** 2) * 4.2 + ribPhase) * 2 * Math.PI);
  const front = Math.cos(((y + 0.9 * out - 0.2) * 3.4 + ribPhase) * 2 * Math.PI);
  const posterior = soft(behind - 0.45, 0.12) * soft(out - 0.1, 0.03);
  const anterior = soft(front - 0.65, 0.12) * soft(out - 0.35, 0.05);
  return (posterior + 0.5 * anterior) * soft(y + 0.85, 0.03) * soft(0.85 - y, 0.05);
}

function clavicles(x: number, y: number): number {
  const out = Math.abs(x);
  const line = -0.66 - 0.12 * Math.sin(out * 4) + 0.02 * out;
  return soft(0.03 - Math.abs(y - line), 0.008) * soft(out - 0.08, 0.02) * soft(0.75 - out, 0.03);
}

function belly(x: number, y: number, { diaphragm }: Build): number {
  const gas = Math.exp(-(((x - 0.38) / 0.14) ** 2) - ((y - diaphragm - 0.2) / 0.09) ** 2);
  return soft(y - diaphragm, 0.05) * soft(0.8 - Math.abs(x), 0.04) - 1.6 * gas;
}

function consolidation(x: number, y: number, { consolidations }: Build, markings: Noise): number {
  const total = consolidations.reduce((sum, { x: cx, y: cy, radius, density }) => {
    const distance = Math.hypot(x - cx, y - cy) / radius;
    return sum + density * Math.exp(-(distance ** 2)) * (0.85 + 0.5 * markings(x * 7, y * 7));
  }, 0);
  return Math.min(0.36, total);
}
