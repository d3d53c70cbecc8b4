/** The reading that a line about a study shows: the one with the highest probability, which is also the study's. */
export function leadingReading<Reading extends { probability: number }>({
  images,
}: {
  images: readonly { reading: Reading | null }[];
}): Reading | null {
  const readings = images.flatMap(({ reading }) => reading ?? []);
  return readings.reduce<Reading | null>(
    (leading, reading) => (leading && leading.probability >= reading.probability ? leading : reading),
    null,
  );
}
