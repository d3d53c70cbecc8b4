import type { StudyDetailFragment } from '../gql/graphql';
import classes from './lung-outline.module.css';

type Reading = NonNullable<StudyDetailFragment['images'][number]['reading']>;
export type Outline = NonNullable<Reading['lungs']>['outline'];

/** Lines in shares of the picture that they lie over, as thick on a small one as on a large one. */
export function LungOutline({ outline }: { outline: Outline }) {
  const path = outline
    .filter((ring) => ring.length > 0)
    .map((ring) => `M${ring.map(({ x, y }) => `${x} ${y}`).join('L')}Z`)
    .join('');
  return (
    <svg
      className={classes.outline}
      viewBox="0 0 1 1"
      preserveAspectRatio="none"
      role="img"
      aria-label="Outline of the lungs that were found"
    >
      {/* Dark below bright is seen on bone and air, and on every colour of the heatmap. */}
      <path d={path} className={classes.casing} />
      <path d={path} className={classes.line} />
    </svg>
  );
}
