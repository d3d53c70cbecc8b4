import { Places } from '@lucency/imaging';
import { type InstalledModel, readReport } from '@lucency/model/card';
import { openEngine } from '@lucency/reading';
import { startWorker, type Worker, type WorkerParts } from '@lucency/worker-kit';
import { measuredEngine } from './adapters/measured-engine.js';
import { type ClassifyDeps, classifyStudy } from './classify/classify-study.js';
import { ScoreDrift } from './classify/drift.js';
import type { Environment } from './environment.js';

/** Puts the service together and starts it. */
export function startApp(environment: Environment, parts: WorkerParts = {}): Promise<Worker> {
  const { ENGINE: name, ENGINE_DEVICE: device, ENGINE_THREADS: threads, PREPARE_THREADS } = environment;
  return startWorker({
    service: 'inference',
    environment,
    parts,
    preparing: { processes: PREPARE_THREADS, maxHeavyWaiting: 1 },
    work: async ({ log, instruments, models, preparer, lungs, blobs, take }) => {
      const [inUse, ...further] = models;
      const open = async ({ directory }: InstalledModel) =>
        measuredEngine(await openEngine({ name, modelDir: directory, threads, device }), instruments);
      const engine = parts.engine ? measuredEngine(parts.engine, instruments) : await open(inUse);
      const report = await readReport(inUse.directory).catch((error: unknown) => {
        log.warn({ error }, 'the report of the model cannot be read; drift is not measured');
        return undefined;
      });
      const drift = new ScoreDrift(report?.reliability ?? []);
      instruments.watch('lucency_reading_drift', () => {
        const value = drift.index();
        return value === null ? [] : [{ value, labels: {} }];
      });
      const shared = { blobs, largeFiles: new Places(1, 1), preparer, lungs };
      const byModelInUse: ClassifyDeps = {
        ...shared,
        engine,
        card: inUse.card,
        // Drift and distribution are those of the answers that people see.
        onReading: (probability) => {
          drift.add(probability);
          instruments.observe('lucency_reading_probability', probability, {});
        },
      };
      const others = await Promise.all(
        further.map(async (model) => ({ ...shared, engine: await open(model), card: model.card })),
      );
      const readers = new Map([byModelInUse, ...others].map((reader) => [reader.engine.modelId, reader]));
      take({
        kind: 'classify',
        handle: (job) => classifyStudy(job, readers.get(job.modelId ?? engine.modelId) ?? byModelInUse),
      });
      return {
        close: async () => {
          await Promise.all([...readers.values()].map((reader) => reader.engine.close()));
        },
        ready: {
          engine: engine.name,
          modelId: engine.modelId,
          ...(further.length > 0 && { furtherModels: further.map(({ card }) => card.id).join(' ') }),
        },
      };
    },
  });
}
