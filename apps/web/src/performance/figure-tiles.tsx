import type { BoundsFragment, FiguresFragment } from '../gql/graphql';
import classes from './figure-tiles.module.css';
import { decimal, decimalBounds, share, shareBounds } from './in-figures';

/** The figures with their 95 % intervals, those that matter most first. */
export function FigureTiles({ figures }: { figures: FiguresFragment }) {
  return (
    <dl className={classes.tiles}>
      <Tile name="AUC" value={decimal(figures.auc.value)} bounds={decimalBounds(figures.auc)} />
      <ShareTile name="Sensitivity" bounds={figures.sensitivity} />
      <ShareTile name="Specificity" bounds={figures.specificity} />
      <ShareTile name="Accuracy" bounds={figures.accuracy} />
      <ShareTile name="Precision" bounds={figures.precision} />
      <Tile name="F1" value={decimal(figures.f1.value)} bounds={decimalBounds(figures.f1)} />
      <Tile name="Calibration error" value={decimal(figures.ece.value)} bounds={decimalBounds(figures.ece)} />
    </dl>
  );
}

function ShareTile({ name, bounds }: { name: string; bounds: BoundsFragment }) {
  return <Tile name={name} value={share(bounds.value)} bounds={shareBounds(bounds)} />;
}

function Tile({ name, value, bounds }: { name: string; value: string; bounds: string }) {
  return (
    <div className={classes.tile}>
      <dt className={classes.name}>{name}</dt>
      <dd className={classes.value}>{value}</dd>
      <dd className={classes.bounds}>{bounds}</dd>
    </div>
  );
}
