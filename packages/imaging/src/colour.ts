export interface Colour {
  /** Mean difference between the strongest and the weakest of red, green and blue. */
  saturation: number;
  /** Share of pixels that differ by more than 0.15 between red, green and blue. */
  colouredShare: number;
}

/** How coloured an [n, 3] picture of 0..1 is; X-rays are grey. */
export function measureColour(rgb: Float32Array): Colour {
  const pixels = rgb.length / 3;
  let sum = 0;
  let coloured = 0;
  for (let at = 0; at < rgb.length; at += 3) {
    const red = rgb[at] ?? 0;
    const green = rgb[at + 1] ?? 0;
    const blue = rgb[at + 2] ?? 0;
    const difference = Math.max(red, green, blue) - Math.min(red, green, blue);
    sum += difference;
    if (difference > 0.15) coloured += 1;
  }
  return { saturation: sum / pixels, colouredShare: coloured / pixels };
}
