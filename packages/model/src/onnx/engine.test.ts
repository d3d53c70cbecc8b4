import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, EngineFailure } from '../card/engine.js';
import { drawGoldenInput } from '../card/golden-input.js';
import { locateModel } from '../card/locate-model.js';
import { cardFileName, type ModelCard, readModelCard } from '../card/model-card.js';
import { SessionPool } from '../running/session-pool.js';
import { type SessionThread, startSessionThread } from '../running/session-thread.js';
import { weightsFileName } from '../weights/read-weights.js';
import { createOnnxEngine } from './engine.js';

let directory: string;
let card: ModelCard;
const made: string[] = [];
const open: Engine[] = [];

beforeAll(async () => {
  directory = await locateModel();
  card = await readModelCard(directory);
}, 60_000);

afterEach(async () => {
  await Promise.all(open.splice(0).map((engine) => engine.close()));
});
afterAll(async () => {
  await Promise.all(made.map((path) => rm(path, { recursive: true })));
});

async function engineOf(modelDir: string, precision: 'int8' | 'fp32' = 'int8'): Promise<Engine> {
  const engine = await createOnnxEngine({ modelDir, precision, threads: 1 });
  open.push(engine);
  return engine;
}

/** The same weights under a card that says otherwise. */
async function modelWith(change: (card: ModelCard) => ModelCard): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'lucency-model-'));
  made.push(path);
  await symlink(join(directory, weightsFileName), join(path, weightsFileName));
  const whole = JSON.parse(await readFile(join(directory, cardFileName), 'utf8'));
  await writeFile(join(path, cardFileName), JSON.stringify(change(whole)));
  return path;
}

const withGolden = (logit: Partial<ModelCard['golden']['logit']>) => (whole: ModelCard) => ({
  ...whole,
  golden: { ...whole.golden, logit: { ...whole.golden.logit, ...logit } },
});

describe('the ONNX engine', () => {
  it('answers the drawn input as the card says, in bytes, with 49 cells of evidence and a texture', async () => {
    const engine = await engineOf(directory);
    expect(engine.name).toBe('onnx-int8');
    expect(engine.modelId).toBe(card.id);
    const { logit, evidence, texture, batchSize } = await engine.classify(drawGoldenInput());
    expect(Math.abs(logit - card.golden.logit.int8)).toBeLessThan(card.golden.tolerance.int8);
    expect(evidence).toHaveLength(49);
    expect(texture).toHaveLength(512);
    expect(Math.max(...texture)).toBeGreaterThan(0);
    expect(batchSize).toBe(1);
  }, 30_000);

  it('falls back to single precision and says so when bytes give a wrong golden answer', async () => {
    const engine = await engineOf(await modelWith(withGolden({ int8: card.golden.logit.int8 + 1 })));
    expect(engine.name).toBe('onnx-fp32');
    const { logit } = await engine.classify(drawGoldenInput());
    expect(Math.abs(logit - card.golden.logit.fp32)).toBeLessThan(card.golden.tolerance.fp32);
  }, 30_000);

  it('does not start when single precision is wrong too', async () => {
    const wrong = await modelWith(withGolden({ int8: 99, fp32: 99 }));
    await expect(engineOf(wrong)).rejects.toThrow(/answers the drawn input wrongly/);
  }, 30_000);

  it('does not start on weights that are not those of the card', async () => {
    const other = await modelWith((whole) => ({
      ...whole,
      fingerprints: { ...whole.fingerprints, weights: '0'.repeat(64) },
    }));
    await expect(engineOf(other)).rejects.toThrow(/SHA-256/);
  }, 30_000);

  it('gathers what waits into batches, each picture with its own answer', async () => {
    const engine = await engineOf(directory);
    const chest = drawGoldenInput();
    const shades = Array.from({ length: 10 }, (_, index) => 1 - index / 20);
    const alone = await engine.classify(chest.slice());
    const answers = await Promise.all(
      shades.map((shade) => engine.classify(chest.map((value) => value * shade))),
    );
    expect(answers.map(({ batchSize }) => batchSize)).toEqual([1, 8, 8, 8, 8, 8, 8, 8, 8, 1]);
    expect(answers[0]?.logit).toBeCloseTo(alone.logit, 4);
    expect(new Set(answers.map(({ logit }) => logit)).size).toBe(10);
  }, 30_000);

  it('takes urgent pictures before routine ones that came earlier', async () => {
    const engine = await engineOf(directory);
    const order: string[] = [];
    const ask = (name: string, priority: 'STAT' | 'ROUTINE') =>
      engine.classify(drawGoldenInput(), priority).then(() => order.push(name));
    const first = ask('running', 'ROUTINE');
    const routine = Array.from({ length: 16 }, (_, index) => ask(`routine ${index}`, 'ROUTINE'));
    const urgent = ask('urgent', 'STAT');
    await Promise.all([first, urgent, ...routine]);
    expect(order.indexOf('urgent')).toBe(1);
  }, 30_000);

  it('refuses an input of the wrong size without troubling the others', async () => {
    const engine = await engineOf(directory);
    await expect(engine.classify(new Float32Array(10))).rejects.toThrow(TypeError);
    await expect(engine.classify(drawGoldenInput())).resolves.toMatchObject({ batchSize: 1 });
  }, 30_000);

  it('rejects what waits when it is closed', async () => {
    const engine = await engineOf(directory);
    const running = engine.classify(drawGoldenInput());
    const waiting = engine.classify(drawGoldenInput());
    const refused = expect(waiting).rejects.toThrow(EngineFailure);
    await engine.close();
    await refused;
    await running;
    await expect(engine.classify(drawGoldenInput())).rejects.toThrow(EngineFailure);
  }, 30_000);
});

describe('a session thread that dies', () => {
  it('rejects only what it held and is replaced, so that the next picture is answered', async () => {
    const threads: SessionThread[] = [];
    const start = async () => {
      const thread = await startSessionThread({ modelDirectory: directory, precision: 'int8', threads: 1 });
      threads.push(thread);
      return thread;
    };
    const pool = new SessionPool([await start()], start);
    const died = threads[0]?.kill();
    const held = pool.classify(drawGoldenInput(), 'ROUTINE');
    const waiting = pool.classify(drawGoldenInput(), 'ROUTINE');
    const refused = expect(held).rejects.toThrow(EngineFailure);
    await Promise.all([died, refused]);
    expect((await waiting).batchSize).toBe(1);
    expect(threads).toHaveLength(2);
    await pool.close();
  }, 30_000);
});
