import type { StudyDetailFragment } from '../gql/graphql';
import classes from './heatmap-legend.module.css';

type Heatmap = NonNullable<StudyDetailFragment['images'][number]['heatmap']>;

/** What the colours mean; its place is kept while no heatmap is shown. */
export function HeatmapLegend({ heatmap }: { heatmap: Heatmap | null }) {
  if (!heatmap) return <div className={classes.legend} />;
  const { legend, method, peak, scaleTop } = heatmap;
  const stops = legend.stops.map(({ position, color }) => `${color} ${position * 100}%`).join(', ');
  return (
    <div className={classes.legend}>
      <span>Little</span>
      <span className={classes.scale} aria-hidden>
        <span className={classes.colors} style={{ backgroundImage: `linear-gradient(to right, ${stops})` }} />
        <span className={classes.peak} style={{ left: `${(peak / scaleTop) * 100}%` }} />
      </span>
      <span>Strong evidence for pneumonia</span>
      <span className={classes.method}>
        {method === 'grad-cam' ? 'Grad-CAM' : method}, {legend.colorMap}, peak {peak.toFixed(2)} of{' '}
        {scaleTop.toFixed(2)} logit
      </span>
    </div>
  );
}
