import { z } from 'zod';
import { narrowToHalves, widenHalves } from './half.js';

/**
 * The safetensors format (huggingface/safetensors): eight bytes of header length, a JSON header, the tensors'
 * bytes without gaps, all little-endian. Only F16 and F32 are read or written. Files are not trusted: every
 * length is checked before it is used.
 */

export interface Tensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}
export type Tensors = Map<string, Tensor>;

/** The file is not what it claims to be. */
export class DamagedWeightsError extends Error {
  override readonly name = 'DamagedWeightsError';
}

const maxHeaderBytes = 1_000_000;
const entry = z.object({
  dtype: z.enum(['F16', 'F32']),
  shape: z.array(z.int().positive().max(100_000_000)).max(4),
  data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
});
const header = z.record(z.string(), z.unknown());
const bytesOf = { F16: 2, F32: 4 } as const;

export function readSafetensors(file: Uint8Array): Tensors {
  const headerBytes = headerLength(file);
  const data = file.subarray(8 + headerBytes);
  const entries = parseHeader(file.subarray(8, 8 + headerBytes));
  entries.sort((a, b) => a.start - b.start);
  const tensors: Tensors = new Map();
  let end = 0;
  for (const { name, dtype, shape, start, stop } of entries) {
    const count = shape.reduce((product, length) => product * length, 1);
    if (start !== end || stop - start !== count * bytesOf[dtype] || stop > data.length)
      throw new DamagedWeightsError(`${name} does not lie where the header says`);
    // Copied (a Buffer's own slice would not), because a typed array needs an aligned start.
    const bytes = new Uint8Array(data.subarray(start, stop)).buffer;
    const values = dtype === 'F16' ? widenHalves(new Uint16Array(bytes)) : new Float32Array(bytes);
    tensors.set(name, { shape, values });
    end = stop;
  }
  if (end !== data.length) throw new DamagedWeightsError('bytes follow the last tensor');
  return tensors;
}

function headerLength(file: Uint8Array): number {
  if (file.length < 8) throw new DamagedWeightsError('shorter than its length field');
  const length = new DataView(file.buffer, file.byteOffset).getBigUint64(0, true);
  if (length > maxHeaderBytes || Number(length) + 8 > file.length)
    throw new DamagedWeightsError(`a header of ${length} bytes does not fit`);
  return Number(length);
}

function parseHeader(bytes: Uint8Array) {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new DamagedWeightsError('the header is not JSON', { cause });
  }
  const fields = header.safeParse(json);
  if (!fields.success) throw new DamagedWeightsError('the header is not an object');
  return Object.entries(fields.data)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, value]) => {
      const parsed = entry.safeParse(value);
      if (!parsed.success) throw new DamagedWeightsError(`${name} is not described as a tensor`);
      const [start, stop] = parsed.data.data_offsets;
      return { name, dtype: parsed.data.dtype, shape: parsed.data.shape, start, stop };
    });
}

/**
 * Matrices and kernels become half precision unless all is to stay single; vectors (biases, batch normalization)
 * always stay single, because they are few and a variance may not round to zero.
 */
export function writeSafetensors(tensors: Tensors, matrices: 'half' | 'single' = 'half'): Uint8Array {
  const fields: Record<string, unknown> = {};
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const [name, { shape, values }] of tensors) {
    const half = matrices === 'half' && shape.length > 1;
    const stored = half ? narrowToHalves(values) : values;
    const bytes = new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength);
    fields[name] = { dtype: half ? 'F16' : 'F32', shape, data_offsets: [offset, offset + bytes.length] };
    parts.push(bytes);
    offset += bytes.length;
  }
  const text = JSON.stringify(fields);
  const head = new TextEncoder().encode(text + ' '.repeat((8 - (text.length % 8)) % 8));
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(head.length), true);
  return Buffer.concat([length, head, ...parts]);
}

/** Throws unless exactly these tensors are there, in these shapes, all finite. */
export function requireShapes(tensors: Tensors, shapes: Map<string, readonly number[]>): void {
  for (const [name, shape] of shapes) {
    const found = tensors.get(name);
    if (found?.shape.join() !== shape.join())
      throw new DamagedWeightsError(`${name} should be [${shape}], is [${found?.shape ?? 'absent'}]`);
    if (!found.values.every(Number.isFinite)) throw new DamagedWeightsError(`${name} is not finite`);
  }
  for (const name of tensors.keys())
    if (!shapes.has(name)) throw new DamagedWeightsError(`${name} does not belong to this network`);
}
