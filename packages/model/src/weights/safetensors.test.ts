import { describe, expect, it } from 'vitest';
import { fromHalf, toHalf } from './half.js';
import { DamagedWeightsError, readSafetensors, requireShapes, writeSafetensors } from './safetensors.js';

const file = writeSafetensors(
  new Map([
    ['layer/kernel', { shape: [2, 3], values: Float32Array.of(0.5, -2, 0, 65504, 2 ** -24, 1 / 3) }],
    ['layer/bias', { shape: [3], values: Float32Array.of(1e-9, -1e30, 3) }],
  ]),
);

/** The file with its header replaced, its length field telling the truth unless told otherwise. */
function withHeader(header: string, length = header.length): Uint8Array {
  const old = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  const field = new Uint8Array(8);
  new DataView(field.buffer).setBigUint64(0, BigInt(length), true);
  return Buffer.concat([field, Buffer.from(header), file.subarray(8 + old)]);
}

const header = (fields: unknown) => JSON.stringify(fields);
const kernel = { dtype: 'F16', shape: [2, 3], data_offsets: [0, 12] };
const bias = { dtype: 'F32', shape: [3], data_offsets: [12, 24] };

describe('safetensors', () => {
  it('gives back matrices at half and vectors at full precision', () => {
    const tensors = readSafetensors(file);
    expect(tensors.get('layer/bias')?.values).toEqual(Float32Array.of(1e-9, -1e30, 3));
    const values = [...(tensors.get('layer/kernel')?.values ?? [])];
    expect(values.slice(0, 5)).toEqual([0.5, -2, 0, 65504, 2 ** -24]);
    expect(values[5]).toBeCloseTo(1 / 3, 3);
  });

  it('rounds every half to itself', () => {
    for (let half = 0; half < 0x7c00; half++) {
      expect(toHalf(fromHalf(half))).toBe(half);
      expect(toHalf(-fromHalf(half))).toBe(half | 0x8000);
    }
    expect(fromHalf(toHalf(1 + 2 ** -11))).toBe(1);
    expect(fromHalf(toHalf(1 + 3 * 2 ** -11))).toBe(1 + 2 ** -9);
    expect(fromHalf(toHalf(1e6))).toBe(Number.POSITIVE_INFINITY);
  });

  it.each([
    ['is empty', new Uint8Array()],
    ['ends in its length field', file.subarray(0, 5)],
    ['ends in its header', file.subarray(0, 40)],
    ['ends in its data', file.subarray(0, file.length - 1)],
    ['has bytes after its data', Buffer.concat([file, Buffer.of(0)])],
    ['claims a header longer than itself', withHeader(header({}), 2 ** 40)],
    ['has a header that is not JSON', withHeader('{"layer')],
    ['has a header that is a list', withHeader('[]')],
    ['has tensors that overlap', withHeader(header({ a: kernel, b: { ...bias, data_offsets: [6, 18] } }))],
    ['leaves a gap', withHeader(header({ b: bias }))],
    [
      'has a shape that its bytes do not fill',
      withHeader(header({ a: { ...kernel, shape: [2, 4] }, b: bias })),
    ],
    ['has a shape that overflows', withHeader(header({ a: { ...kernel, shape: [1e6, 1e6, 1e6] }, b: bias }))],
    ['has a negative offset', withHeader(header({ a: { ...kernel, data_offsets: [-12, 0] }, b: bias }))],
    [
      'has a kind of number nobody reads here',
      withHeader(header({ a: { ...kernel, dtype: 'I64' }, b: bias })),
    ],
  ])('refuses a file that %s', (_, damaged) => {
    expect(() => readSafetensors(damaged)).toThrow(DamagedWeightsError);
  });

  it('refuses weights of another network', () => {
    const tensors = readSafetensors(file);
    const shapes = new Map([
      ['layer/kernel', [2, 3]],
      ['layer/bias', [3]],
    ]);
    expect(() => requireShapes(tensors, shapes)).not.toThrow();
    expect(() => requireShapes(tensors, new Map([['layer/kernel', [3, 2]]]))).toThrow(/should be \[3,2\]/);
    expect(() => requireShapes(tensors, new Map([['layer/kernel', [2, 3]]]))).toThrow(/does not belong/);
    expect(() => requireShapes(tensors, new Map([...shapes, ['other', [1]]]))).toThrow(/absent/);
  });
});
