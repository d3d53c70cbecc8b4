import { readEnvironment } from '@lucency/service-kit';
import { describe, expect, it } from 'vitest';
import { environment } from './environment.js';

const needed = { NATS_URL: 'nats://localhost', BLOB_STORE_URL: 'file:///tmp/blobs' };

describe('ENGINE_DEVICE', () => {
  it('is a GPU unless the CPU is asked for by name', () => {
    expect(environment.parse(needed).ENGINE_DEVICE).toBe('gpu');
    expect(environment.parse({ ...needed, ENGINE_DEVICE: 'cpu' }).ENGINE_DEVICE).toBe('cpu');
  });

  it('is told among all other faults when it is neither', () => {
    const reading = readEnvironment(environment, { ENGINE_DEVICE: 'tpu', ENGINE_THREADS: '0' });
    expect(reading.ok ? [] : reading.faults.map(({ variable }) => variable)).toEqual([
      'NATS_URL',
      'BLOB_STORE_URL',
      'ENGINE_DEVICE',
      'ENGINE_THREADS',
    ]);
  });
});
