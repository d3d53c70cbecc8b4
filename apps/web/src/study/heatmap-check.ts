import type { StudyDetailFragment } from '../gql/graphql';

type Image = StudyDetailFragment['images'][number];
type Heatmap = NonNullable<Image['heatmap']>;

/** Usually it takes seconds; where much waits to be read, checks come last. */
const usualCheckMs = 120_000;

/** Whether a check of a heatmap is awaited: `late` where it is long due, as for heatmaps that never had one. */
export type AwaitedCheck = 'none' | 'soon' | 'late';

/** The soonest check that is awaited of a study's heatmaps. */
export function checkOf({ withdrawal, images }: StudyDetailFragment, now: number = Date.now()): AwaitedCheck {
  if (withdrawal) return 'none';
  const checks = images.map((image) => checkOfImage(image, now));
  return checks.find((check) => check === 'soon') ?? checks.find((check) => check === 'late') ?? 'none';
}

export function checkOfImage({ explanationState, heatmap }: Image, now: number = Date.now()): AwaitedCheck {
  if (explanationState !== 'READY' || !heatmap || isChecked(heatmap)) return 'none';
  return now - Date.parse(heatmap.createdAt) < usualCheckMs ? 'soon' : 'late';
}

export function isChecked({ presentation }: Pick<Heatmap, 'presentation'>): boolean {
  return presentation !== null;
}
