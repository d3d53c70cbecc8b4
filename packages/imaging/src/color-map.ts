/** The name under which the legend and stored heatmaps mention the map. */
export const colorMapName = 'inferno';

/**
 * Every seventeenth of the 256 entries of the perceptually uniform colour map `inferno` (Smith and van der
 * Walt, matplotlib 1.5, CC0), as sRGB; between them straight lines.
 */
const stops: readonly [red: number, green: number, blue: number][] = [
  [0, 0, 4],
  [12, 8, 38],
  [36, 12, 79],
  [66, 10, 104],
  [93, 18, 110],
  [120, 28, 109],
  [147, 38, 103],
  [174, 48, 92],
  [199, 62, 76],
  [221, 81, 58],
  [237, 105, 37],
  [248, 133, 15],
  [252, 165, 10],
  [250, 198, 45],
  [242, 230, 97],
  [252, 255, 164],
];

/** Below this share of the scale nothing is drawn, so that the picture under it stays untouched. */
export const faintest = 0.1;
const strongestAlpha = 217;

/**
 * Colour of evidence laid over a picture: the stronger, the less one sees through it.
 * @param strength share of the scale, 0 to 1.
 * @returns red, green, blue, alpha, each 0 to 255.
 */
export function colorOf(strength: number): [number, number, number, number] {
  const place = Math.min(1, Math.max(0, strength)) * (stops.length - 1);
  const lower = Math.min(stops.length - 2, Math.floor(place));
  const from = stops[lower] ?? [0, 0, 0];
  const to = stops[lower + 1] ?? from;
  const part = place - lower;
  const alpha = strongestAlpha * Math.min(1, Math.max(0, (strength - faintest) / (1 - faintest)));
  return [
    Math.round(from[0] + (to[0] - from[0]) * part),
    Math.round(from[1] + (to[1] - from[1]) * part),
    Math.round(from[2] + (to[2] - from[2]) * part),
    Math.round(alpha),
  ];
}

export interface HeatmapLegend {
  colorMap: string;
  /** Position is the share of the scale, 0 to 1; color is #rrggbbaa. */
  stops: { position: number; color: string }[];
}

/** What the colours of every heatmap mean. */
export const heatmapLegend: HeatmapLegend = {
  colorMap: colorMapName,
  stops: stops.map((_, at) => {
    const position = at / (stops.length - 1);
    const hex = colorOf(position).map((part) => part.toString(16).padStart(2, '0'));
    return { position, color: `#${hex.join('')}` };
  }),
};
