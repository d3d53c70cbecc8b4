import { quantile } from '@lucency/bench/benchmark';
import { type Axis, line, panels, polyline } from '@lucency/plots';
import type { Outcome } from '../platform/simulate.js';
import { seconds } from './figures.js';
import { objectives } from './objectives.js';
import { mostPods } from './pods-over-time.js';

export interface Simulated {
  readonly name: string;
  readonly outcome: Outcome;
}

const styles = { STAT: 'curve second', ROUTINE: 'curve' } as const;
/** Decades of seconds that the axis of times shows. */
const decades = [-1, 0, 1, 2, 3, 4];
const tails = [0.5, 0.9, 0.99, 0.999];

const tailPlace = (share: number) => -Math.log10(1 - share) / 3.3;
const secondsPlace = (value: number) =>
  Math.min(1, Math.max(0, (Math.log10(value) - (decades[0] ?? 0)) / (decades.length - 1)));

/** How long the given share of studies waited for a reading at most; the dashes are what the platform promises. */
export function drawReadingTimes(simulated: readonly Simulated[]): string {
  const across: Axis = { ticks: tails.map((share) => ({ label: `${share * 100} %`, place: tailPlace(share) })) };
  const up: Axis = { ticks: decades.map((decade) => ({ label: `${10 ** decade}`, place: secondsPlace(10 ** decade) })) };
  const legends = [
    { name: 'STAT', style: styles.STAT },
    { name: 'routine', style: styles.ROUTINE },
    { name: 'objective', style: 'guide' },
  ];
  return panels(
    'Seconds from the submission to the reading',
    legends,
    { across, up, below: 'so many studies at most' },
    simulated.map(({ name, outcome }) => ({
      title: name,
      draw: (at) => [
        ...objectives.map(({ share, seconds: promised }) => {
          const [place, height] = [tailPlace(share), secondsPlace(promised)];
          return line(at(place - 0.06, height), at(place + 0.06, height), 'guide');
        }),
        ...(['STAT', 'ROUTINE'] as const).map((priority) => {
          const own = outcome.studies.filter((study) => study.priority === priority).map(seconds('readAt'));
          const sorted = own.sort((a, b) => a - b);
          const curve = Array.from({ length: 61 }, (_, step) => {
            const share = 1 - 10 ** (-(step / 60) * 3.3);
            return at(tailPlace(share), secondsPlace(quantile(sorted, share)));
          });
          return polyline(curve, styles[priority]);
        }),
      ],
    })),
  );
}

const podStyles = { 'inference-cpu': 'curve', 'inference-gpu': 'curve second', explain: 'curve dashed' } as const;
const parts = 300;

/** Ready pods of each component, the most within each three-hundredth of the time. */
export function drawPods(simulated: readonly Simulated[], from: number, until: number): string {
  const counted = simulated.map(({ name, outcome }) => ({
    name,
    components: outcome.components.map((component) => ({
      style: podStyles[component.name],
      counts: mostPods(component.history, from, until, parts),
    })),
  }));
  const highest = Math.max(1, ...counted.flatMap(({ components }) => components.flatMap(({ counts }) => counts)));
  const step = Math.max(1, Math.ceil(highest / 6));
  const up: Axis = {
    ticks: Array.from({ length: Math.floor(highest / step) + 1 }, (_, tick) => ({
      label: String(tick * step),
      place: (tick * step) / highest,
    })),
  };
  const across: Axis = {
    ticks: [0, 0.25, 0.5, 0.75, 1].map((place) => ({ label: clock(from + place * (until - from)), place })),
  };
  return panels(
    'Pods over time',
    Object.entries(podStyles).map(([name, style]) => ({ name, style })),
    { across, up, below: 'time of day' },
    counted.map(({ name, components }) => ({
      title: name,
      draw: (at) =>
        components.map(({ style, counts }) =>
          polyline(
            counts.map((count, part) => at(part / (parts - 1), count / highest)),
            style,
          ),
        ),
    })),
  );
}

function clock(time: number): string {
  const minutes = Math.round(time / 60);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
