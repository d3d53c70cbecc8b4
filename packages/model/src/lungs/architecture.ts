/**
 * A small U-Net (Ronneberger et al. 2015) that finds the lungs: five levels of two 3 x 3 convolutions with batch
 * normalization, halved by maximum and doubled by repeating cells. To stay within a fifth of a reading's time it adds
 * the level it came from instead of joining channels (Chaurasia and Culurciello 2017), after the first of the two
 * convolutions upwards, and ends at half the picture's size, enlarged bilinearly. Nothing else knows the network: the
 * ONNX and TensorFlow.js builders walk it through `runLungs`.
 */

/** A convolution without bias and the batch normalization and ReLU after it. Kernels are `[3, 3, in, out]`. */
export interface LungsUnit {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
}

export const lungsArchitecture = 'unet-16-32-48-96-96-add';
/** Pixels of the network's square input and of the mask it answers. */
export const lungsSide = 128;
/** Cells of the square map of logits before it is enlarged. */
export const logitsSide = 64;
export const lungsBatchNormEpsilon = 0.001;
/** Added to each picture's deviation, in shades of 0-1, so that a blank one is not all noise. */
export const deviationFloor = 8 / 255;

const widths = [16, 32, 48, 96, 96] as const;

type Pair = readonly [LungsUnit, LungsUnit];

function pair(name: string, inputs: number, outputs: number): Pair {
  return [
    { name: `${name}a`, inputs, outputs },
    { name: `${name}b`, inputs: outputs, outputs },
  ];
}

/** From the picture downwards. */
const downwards: readonly Pair[] = widths.map((width, level) =>
  pair(`down${level}`, level === 0 ? 1 : (widths[level - 1] ?? 0), width),
);

/** From the last but one level upwards; the first unit of each runs at the size of the level below. */
const upwards: readonly Pair[] = [3, 2, 1].map((level) =>
  pair(`up${level}`, widths[level + 1] ?? 0, widths[level] ?? 0),
);

export const lungsUnits: readonly LungsUnit[] = [...downwards, ...upwards].flat();

/** The last layer: 1 x 1, with bias, to one logit a pixel. */
export const lungsOutput = { name: 'lungs', inputs: widths[1], outputs: 1 } as const;

/** Every tensor by its name with its shape. */
export function lungsShapes(): Map<string, readonly number[]> {
  const shapes = new Map<string, readonly number[]>();
  for (const { name, inputs, outputs } of lungsUnits) {
    shapes.set(`${name}/kernel`, [3, 3, inputs, outputs]);
    for (const part of ['gamma', 'beta', 'moving_mean', 'moving_variance'])
      shapes.set(`${name}/${part}`, [outputs]);
  }
  shapes.set(`${lungsOutput.name}/kernel`, [1, 1, lungsOutput.inputs, 1]);
  shapes.set(`${lungsOutput.name}/bias`, [1]);
  return shapes;
}

/** What an engine must be able to do; T is its kind of tensor. */
export interface LungsOperations<T> {
  /** Convolution, normalization and ReLU. */
  unit(input: T, unit: LungsUnit): T;
  /** 2 x 2, stride 2. */
  halve(input: T, name: string): T;
  /** Every cell twice in both directions. */
  double(input: T, name: string): T;
  add(a: T, b: T, name: string): T;
  /** One logit a cell. */
  output(input: T): T;
}

/** A picture of mean 0 and deviation 1 to 64 x 64 logits. */
export function runLungs<T>(input: T, operations: LungsOperations<T>): T {
  const levels: T[] = [];
  let maps = input;
  for (const [level, [first, second]] of downwards.entries()) {
    const from = level === 0 ? maps : operations.halve(maps, `halved${level}`);
    maps = operations.unit(operations.unit(from, first), second);
    levels.push(maps);
  }
  for (const [at, [first, second]] of upwards.entries()) {
    const level = upwards.length - at;
    const beside = levels[level];
    if (beside === undefined) throw new Error(`level ${level} was not computed`);
    const doubled = operations.double(operations.unit(maps, first), `doubled${level}`);
    maps = operations.unit(operations.add(doubled, beside, `sum${level}`), second);
  }
  return operations.output(maps);
}
