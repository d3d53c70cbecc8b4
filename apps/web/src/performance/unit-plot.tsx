import type { ReactNode } from 'react';
import classes from './plot.module.css';

const side = 340;
const frame = { left: 46, top: 16, right: 328, bottom: 292 };
const ticks = [0, 0.25, 0.5, 0.75, 1];

/** From shares across and up to the places in the picture. */
export const toX = (x: number) => frame.left + x * (frame.right - frame.left);
export const toY = (y: number) => frame.bottom - y * (frame.bottom - frame.top);

export function toPoints(points: readonly { x: number; y: number }[]): string {
  return points.map(({ x, y }) => `${toX(x).toFixed(1)},${toY(y).toFixed(1)}`).join(' ');
}

export interface UnitPlotProps {
  /** What someone hears who does not see it. */
  label: string;
  across: string;
  up: string;
  children: ReactNode;
}

/** A square of 0-1 by 0-1 with its axes. */
export function UnitPlot({ label, across, up, children }: UnitPlotProps) {
  const middle = toY(0.5);
  return (
    <svg className={classes.plot} viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label}>
      {ticks.map((tick) => (
        <g key={tick}>
          <line className={classes.grid} x1={toX(tick)} x2={toX(tick)} y1={toY(0)} y2={toY(1)} />
          <line className={classes.grid} x1={toX(0)} x2={toX(1)} y1={toY(tick)} y2={toY(tick)} />
          <text className={classes.tick} x={toX(tick)} y={toY(0) + 17} textAnchor="middle">
            {tick}
          </text>
          <text className={classes.tick} x={toX(0) - 7} y={toY(tick) + 4} textAnchor="end">
            {tick}
          </text>
        </g>
      ))}
      <text className={classes.axisName} x={toX(0.5)} y={side - 10} textAnchor="middle">
        {across}
      </text>
      <text
        className={classes.axisName}
        x={12}
        y={middle}
        textAnchor="middle"
        transform={`rotate(-90 12 ${middle})`}
      >
        {up}
      </text>
      <line className={classes.guide} x1={toX(0)} x2={toX(1)} y1={toY(0)} y2={toY(1)} />
      {children}
    </svg>
  );
}
