import { Places } from '@lucency/imaging';
import { readReport } from '@lucency/model/card';
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
    work: async ({ log, instruments, modelDir, card, preparer, lungs, blobs, take }) => {
      const engine = measuredEngine(
        parts.engine ?? (await openEngine({ name, modelDir, threads, device })),
        instruments,
      );
      const report = await readReport(modelDir).catch((error: unknown) => {
        log.warn({ error }, 'the report of the model cannot be read; drift is not measured');
        return undefined;
      });
      const drift = new ScoreDrift(report?.reliability ?? []);
      instruments.watch('lucency_reading_drift', () => {
        const value = drift.index();
        return value === null ? [] : [{ value, labels: {} }];
      });
      const deps: ClassifyDeps = {
        blobs,
        largeFiles: new Places(1, 1),
        preparer,
        lungs,
        engine,
        card,
        onReading: (probability) => {
          drift.add(probability);
          instruments.observe('lucency_reading_probability', probability, {});
        },
      };
      take({ kind: 'classify', handle: (job) => classifyStudy(job, deps) });
      return {
        close: () => engine.close(),
        ready: { engine: engine.name, modelId: engine.modelId },
      };
    },
  });
}
