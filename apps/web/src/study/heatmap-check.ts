import type { StudyDetailFragment } from '../gql/graphql';

type Heatmap = NonNullable<StudyDetailFragment['images'][number]['heatmap']>;

/** Usually it takes seconds; where much waits to be read, checks come last. */
const usualCheckMs = 120_000;

/** Whether a check of a heatmap is awaited: `late` where it is long due, as for heatmaps that never had one. */
export type AwaitedCheck = 'none' | 'soon' | 'late';

export function checkOf(study: StudyDetailFragment, now: number = Date.now()): AwaitedCheck {
  if (study.withdrawal || study.explanationState !== 'READY') return 'none';
  const awaited = study.images.flatMap(({ heatmap }) => (heatmap && !isChecked(heatmap) ? [heatmap] : []));
  if (awaited.length === 0) return 'none';
  return awaited.some((heatmap) => now - Date.parse(heatmap.createdAt) < usualCheckMs) ? 'soon' : 'late';
}

export function isChecked({ presentation }: Pick<Heatmap, 'presentation'>): boolean {
  return presentation !== null;
}
