import type { EpochRecord } from '@lucency/model/card';
import { type At, line, polyline, svg, text } from '@lucency/plots';

interface Panel {
  readonly title: string;
  readonly training: (record: EpochRecord) => number | undefined;
  readonly validation: (record: EpochRecord) => number | undefined;
}

const panels: readonly Panel[] = [
  { title: 'loss', training: (record) => record.trainingLoss, validation: (record) => record.validationLoss },
  {
    title: 'accuracy',
    training: ({ training }) => training?.accuracy,
    validation: ({ validation }) => validation?.accuracy,
  },
  {
    title: 'AUC',
    training: ({ training }) => training?.auc,
    validation: ({ validation }) => validation?.auc,
  },
];
const [panelWidth, panelHeight, left, top, gap] = [250, 220, 56, 62, 66];

/** Loss, accuracy and AUC by epoch, on training and validation images; dashed lines part the stages. */
export function drawLearningCurves(records: readonly EpochRecord[]): string {
  const drawn = panels
    .filter(({ training, validation }) =>
      records.some((record) => training(record) !== undefined || validation(record) !== undefined),
    )
    .map((panel, index) => drawPanel(panel, records, left + index * (panelWidth + gap)));
  const width = left + drawn.length * (panelWidth + gap) - gap + 24;
  return svg('Learning curves', Math.max(width, 340), top + panelHeight + 70, [
    text({ x: left, y: 26 }, 'Learning curves', 'title'),
    line({ x: left + 150, y: 21 }, { x: left + 174, y: 21 }, 'curve'),
    text({ x: left + 180, y: 25 }, 'training', 'small'),
    line({ x: left + 234, y: 21 }, { x: left + 258, y: 21 }, 'curve second'),
    text({ x: left + 264, y: 25 }, 'validation', 'small'),
    ...drawn,
  ]);
}

function drawPanel(
  { title, training, validation }: Panel,
  records: readonly EpochRecord[],
  x: number,
): string {
  const values = records
    .flatMap((record) => [training(record), validation(record)])
    .filter((value) => value !== undefined && Number.isFinite(value)) as number[];
  const [low, high] = spread(values);
  const at = (index: number, value: number): At => ({
    x: x + (panelWidth * index) / Math.max(1, records.length - 1),
    y: top + panelHeight * (1 - (value - low) / (high - low)),
  });
  const curve = (of: Panel['training'], name: string) =>
    polyline(
      records.flatMap((record, index) => {
        const value = of(record);
        return value === undefined || !Number.isFinite(value) ? [] : [at(index, value)];
      }),
      name,
    );
  const grid = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const value = low + share * (high - low);
    const beside = at(0, value);
    return [
      line(beside, { x: x + panelWidth, y: beside.y }, share === 0 ? 'axis' : 'grid'),
      text({ x: x - 6, y: beside.y + 4 }, value.toFixed(high - low < 0.04 ? 3 : 2), 'small end'),
    ].join('\n');
  });
  const stages = records.flatMap(({ stage }, index) => {
    if (stage === records[index - 1]?.stage) return [];
    const begin = { x: at(index - (index > 0 ? 0.5 : 0), low).x, y: top };
    return [
      ...(index > 0 ? [line(begin, { x: begin.x, y: top + panelHeight }, 'guide')] : []),
      text({ x: begin.x + 4, y: top + panelHeight + 34 }, stage, 'small quiet'),
    ];
  });
  return [
    text({ x: x + panelWidth / 2, y: top - 12 }, title, 'middle'),
    ...grid,
    ...stages,
    curve(training, 'curve'),
    curve(validation, 'curve second'),
    text({ x, y: top + panelHeight + 18 }, 'epoch 1', 'small'),
    text({ x: x + panelWidth, y: top + panelHeight + 18 }, String(records.length), 'small end'),
  ].join('\n');
}

/** A little room above and below, and never nothing to divide by. */
function spread(values: readonly number[]): readonly [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = Math.max(0.05 * (high - low), 0.002);
  return [low - room, high + room];
}
