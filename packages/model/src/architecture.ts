/**
 * ResNet50 (He et al. 2015, the variant that strides in the first 1 x 1 convolution, as Keras published it
 * with ImageNet weights) with global average pooling, a dense layer of 1024 ReLU, dropout of a half while
 * training, and one sigmoid. Layers carry their Keras names. Nothing else in the project knows the network:
 * the ONNX and TensorFlow.js builders both walk it through `runNetwork`.
 */

/** A convolution and the batch normalization after it. Kernels are `[height, width, in, out]`. */
export interface ConvUnit {
  readonly name: string;
  readonly norm: string;
  readonly kernel: number;
  readonly stride: number;
  /** Zeros added on every side before the convolution. */
  readonly pad: number;
  readonly inputs: number;
  readonly outputs: number;
}

/** Three convolutions beside a shortcut, added and rectified. */
export interface Bottleneck {
  readonly name: string;
  readonly path: readonly [ConvUnit, ConvUnit, ConvUnit];
  /** Absent where the block's input is added as it is. */
  readonly shortcut: ConvUnit | undefined;
}

export interface DenseUnit {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
}

export const architectureName = 'resnet50-gap-dense1024-sigmoid';
/** Pixels of the model's square input. */
export const inputSize = 224;
/** Cells of the square last feature maps. */
export const mapSize = 7;
export const featureCount = 2048;
/**
 * The last block of conv3. Everything up to it keeps its ImageNet weights in every model, so the means over its maps
 * tell how typical a picture is, whatever was trained.
 */
export const textureBlock = 'res3d';
export const textureCount = 512;
export const dropoutRate = 0.5;
/** As the published weights were normalized. */
export const batchNormEpsilon = 0.001;
/** Mean ImageNet red, green and blue of 0-255, which the backbone expects to be taken away. */
export const imageNetMeans = [123.68, 116.779, 103.939] as const;

export const stem: ConvUnit = {
  name: 'conv1',
  norm: 'bn_conv1',
  kernel: 7,
  stride: 2,
  pad: 3,
  inputs: 3,
  outputs: 64,
};

const stages = [
  { number: 2, blocks: 3, width: 64, stride: 1 },
  { number: 3, blocks: 4, width: 128, stride: 2 },
  { number: 4, blocks: 6, width: 256, stride: 2 },
  { number: 5, blocks: 3, width: 512, stride: 2 },
] as const;

export const bottlenecks: readonly Bottleneck[] = stages.flatMap(({ number, blocks, width, stride }) =>
  Array.from({ length: blocks }, (_, index): Bottleneck => {
    const name = `${number}${'abcdef'.charAt(index)}`;
    const first = index === 0;
    const inputs = first ? (number === 2 ? 64 : width * 2) : width * 4;
    const unit = (branch: string, kernel: number, step: number, from: number, to: number): ConvUnit => ({
      name: `res${name}_branch${branch}`,
      norm: `bn${name}_branch${branch}`,
      kernel,
      stride: step,
      pad: (kernel - 1) / 2,
      inputs: from,
      outputs: to,
    });
    const step = first ? stride : 1;
    return {
      name: `res${name}`,
      path: [
        unit('2a', 1, step, inputs, width),
        unit('2b', 3, 1, width, width),
        unit('2c', 1, 1, width, width * 4),
      ],
      shortcut: first ? unit('1', 1, step, inputs, width * 4) : undefined,
    };
  }),
);

export const convUnits: readonly ConvUnit[] = [
  stem,
  ...bottlenecks.flatMap(({ path, shortcut }) => (shortcut ? [...path, shortcut] : path)),
];

export const hiddenLayer: DenseUnit = { name: 'hidden', inputs: featureCount, outputs: 1024 };
export const outputLayer: DenseUnit = { name: 'pneumonia', inputs: 1024, outputs: 1 };
export const headLayers = { hidden: hiddenLayer, output: outputLayer } as const;
export const denseUnits = [hiddenLayer, outputLayer] as const;
/**
 * A second head, which a model may have: from the means of the last maps to one logit a class of `typeClasses`, for a
 * softmax. It decides nothing; which type a pneumonia looks like is a hint beside the answer.
 */
export const typeLayer: DenseUnit = { name: 'type', inputs: featureCount, outputs: 3 };
export const typeClasses = ['NORMAL', 'BACTERIAL', 'VIRAL'] as const;

/** Every tensor of the trunk by its Keras name with its shape. */
export function trunkShapes(): Map<string, readonly number[]> {
  const shapes = new Map<string, readonly number[]>();
  for (const unit of convUnits) {
    shapes.set(`${unit.name}/kernel`, [unit.kernel, unit.kernel, unit.inputs, unit.outputs]);
    shapes.set(`${unit.name}/bias`, [unit.outputs]);
    for (const part of ['gamma', 'beta', 'moving_mean', 'moving_variance'])
      shapes.set(`${unit.norm}/${part}`, [unit.outputs]);
  }
  return shapes;
}

/** Every tensor of the head; kernels are `[inputs, outputs]`. */
export function headShapes(): Map<string, readonly number[]> {
  return denseShapes(denseUnits);
}

/** Both tensors of the second head. */
export function typeShapes(): Map<string, readonly number[]> {
  return denseShapes([typeLayer]);
}

function denseShapes(units: readonly DenseUnit[]): Map<string, readonly number[]> {
  return new Map(
    units.flatMap(({ name, inputs, outputs }): [string, readonly number[]][] => [
      [`${name}/kernel`, [inputs, outputs]],
      [`${name}/bias`, [outputs]],
    ]),
  );
}

/** The tensor `[out]` that int8 adds to a convolution's bias. */
export function correctionName({ name }: ConvUnit): string {
  return `int8/${name}`;
}

/** Every tensor that int8 may add to a model's weights. */
export function correctionShapes(): Map<string, readonly number[]> {
  return new Map(convUnits.map((unit) => [correctionName(unit), [unit.outputs]]));
}

/** What an engine must be able to do for the trunk; T is its kind of tensor. */
export interface TrunkOperations<T> {
  /** Convolution with its batch normalization folded in; `rectified` applies ReLU after it. */
  conv(input: T, unit: ConvUnit, rectified: boolean): T;
  /** 3 x 3, stride 2, one cell of zeros around (the input is never negative). */
  maxPool(input: T): T;
  /** ReLU of a sum. */
  addRectified(a: T, b: T, name: string): T;
}

/** Pixels, means already taken away, to the last feature maps (7 x 7 x 2048). */
export function runTrunk<T>(input: T, operations: TrunkOperations<T>): T {
  return bottlenecks.reduce((maps, block) => runBlock(maps, block, operations), runStem(input, operations));
}

/** The first convolution and the pooling after it: 56 x 56 x 64 maps. */
export function runStem<T>(input: T, operations: TrunkOperations<T>): T {
  return operations.maxPool(operations.conv(input, stem, true));
}

export function runBlock<T>(
  maps: T,
  { name, path, shortcut }: Bottleneck,
  operations: TrunkOperations<T>,
): T {
  const [reduce, spread, expand] = path;
  const beside = shortcut ? operations.conv(maps, shortcut, false) : maps;
  const along = operations.conv(
    operations.conv(operations.conv(maps, reduce, true), spread, true),
    expand,
    false,
  );
  return operations.addRectified(along, beside, name);
}
