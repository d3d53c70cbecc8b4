/** A square grey picture: Float32 `[side, side]`, row-major, 0 black to 1 white. */
export interface Picture {
  readonly side: number;
  readonly shades: Float32Array;
}

export function clamp(shade: number): number {
  return Math.min(1, Math.max(0, shade));
}

export function mapShades({ side, shades }: Picture, change: (shade: number, at: number) => number): Picture {
  const changed = new Float32Array(shades.length);
  for (let at = 0; at < shades.length; at++) changed[at] = clamp(change(shades[at] ?? 0, at));
  return { side, shades: changed };
}

/** The model's input: Float32 `[side, side, 3]`, the three channels alike. */
export function toRgb({ shades }: Picture): Float32Array {
  return greyToRgb(shades);
}

/** The same of any number of pictures. */
export function greyToRgb(shades: Float32Array): Float32Array {
  const rgb = new Float32Array(shades.length * 3);
  for (let at = 0; at < rgb.length; at++) rgb[at] = shades[Math.floor(at / 3)] ?? 0;
  return rgb;
}
