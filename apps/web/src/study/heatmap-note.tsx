import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { StudyDetailFragment } from '../gql/graphql';
import classes from './heatmap-note.module.css';

type Heatmap = NonNullable<StudyDetailFragment['images'][number]['heatmap']>;

const notes = {
  PLAIN: 'Checked: showing and hiding the places that this heatmap marks moves the answer.',
  CAUTIOUS:
    'Take this heatmap with care: showing and hiding the places it marks moved the answer only a little.',
  UNCHECKED:
    'Not checked yet: what this heatmap marks may not matter for the answer. It is taken away should the check say so.',
};

/** How far the heatmap that is shown can be trusted; its place is kept while none is. */
export function HeatmapNote({ heatmap }: { heatmap: Heatmap | null }) {
  const presentation = heatmap?.presentation ?? 'UNCHECKED';
  if (!heatmap || presentation === 'WITHHELD') return <div className={classes.note} />;
  const Icon = presentation === 'PLAIN' ? IconCircleCheck : IconAlertTriangle;
  return (
    <p className={classes.note} data-careful={presentation !== 'PLAIN' || undefined} role="status">
      <Icon size={18} aria-hidden />
      {notes[presentation]}
    </p>
  );
}
