/** How a byte stands for a number: `scale * (byte - zeroPoint)`. */
export interface Quantized {
  readonly scale: number;
  readonly zeroPoint: number;
}

/** Smallest and largest value of every tensor over the calibration images, by name. */
export type Ranges = Readonly<Record<string, readonly [number, number]>>;

export function rangeOf(ranges: Ranges, name: string): readonly [number, number] {
  const range = ranges[name];
  if (!range) throw new Error(`the card gives no activation range for ${name}`);
  return range;
}

/** Unsigned bytes over `[low, high]`, widened to hold zero exactly, because padding is zero. */
export function quantizedRange([low, high]: readonly [number, number]): Quantized {
  const bottom = Math.min(0, low);
  const scale = (Math.max(0, high) - bottom) / 255 || 1;
  return { scale, zeroPoint: Math.round(-bottom / scale) };
}

/** Unsigned bytes over `[0, high]`: with zero at byte 0, saturation is ReLU. */
export function rectifiedRange([, high]: readonly [number, number]): Quantized {
  return { scale: Math.max(0, high) / 255 || 1, zeroPoint: 0 };
}

export interface QuantizedKernel {
  readonly bytes: Int8Array;
  /** One per output channel; zero stays zero. */
  readonly scales: Float32Array;
}

/** Signed bytes, symmetric, one scale per output channel. `channelOf` tells whose weight an index is. */
export function quantizeKernel(
  kernel: Float32Array,
  channels: number,
  channelOf: (index: number) => number,
): QuantizedKernel {
  const scales = new Float32Array(channels);
  for (let index = 0; index < kernel.length; index++) {
    const channel = channelOf(index);
    scales[channel] = Math.max(scales[channel] ?? 0, Math.abs(kernel[index] ?? 0) / 127);
  }
  for (let channel = 0; channel < channels; channel++) scales[channel] ||= 1;
  const bytes = new Int8Array(kernel.length);
  for (let index = 0; index < kernel.length; index++)
    bytes[index] = Math.round((kernel[index] ?? 0) / (scales[channelOf(index)] ?? 1));
  return { bytes, scales };
}

/** Biases in the units that the products of bytes are summed in. */
export function quantizeBias(bias: Float32Array, input: Quantized, scales: Float32Array): Int32Array {
  return Int32Array.from(bias, (value, channel) =>
    Math.round(value / (input.scale * (scales[channel] ?? 1))),
  );
}
