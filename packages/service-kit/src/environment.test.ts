import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { describeFaults, readEnvironment } from './environment.js';

const schema = z.object({
  PORT: z.coerce.number().int().min(1).max(65_535),
  NATS_URL: z.url(),
  LEVEL: z.enum(['info', 'debug']).default('info'),
});

describe('the environment', () => {
  it('is read once into typed values', () => {
    const reading = readEnvironment(schema, { PORT: '4000', NATS_URL: 'nats://127.0.0.1:4222', OTHER: 'x' });
    expect(reading).toEqual({
      ok: true,
      value: { PORT: 4000, NATS_URL: 'nats://127.0.0.1:4222', LEVEL: 'info' },
    });
  });

  it('tells every fault at once', () => {
    const reading = readEnvironment(schema, { PORT: '70000', LEVEL: 'loud' });
    expect(reading.ok ? [] : reading.faults.map((fault) => fault.variable)).toEqual([
      'PORT',
      'NATS_URL',
      'LEVEL',
    ]);
    expect(reading).toMatchObject({ faults: [{}, { problem: 'is not set' }, {}] });
  });

  it('takes an empty variable for one that is not set', () => {
    const reading = readEnvironment(schema, { PORT: '1', NATS_URL: '', LEVEL: '' });
    expect(reading).toEqual({ ok: false, faults: [{ variable: 'NATS_URL', problem: 'is not set' }] });
  });

  it('never repeats a value, which may be a secret', () => {
    const secret = z.object({ TOKEN: z.string().min(40) });
    const reading = readEnvironment(secret, { TOKEN: 'hush-hush' });
    expect(reading.ok ? '' : describeFaults(reading.faults)).not.toContain('hush');
  });
});
