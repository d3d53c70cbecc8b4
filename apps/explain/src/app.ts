import { openEngine } from '@lucency/reading';
import { startWorker, type Worker, type WorkerParts } from '@lucency/worker-kit';
import { urgentBacklog } from './adapters/backlog.js';
import { lazily } from './adapters/lazily.js';
import type { Environment } from './environment.js';
import { explainStudy } from './explain/explain-study.js';
import { scoreStudy } from './faithfulness/score-study.js';
import { whenIdle } from './faithfulness/when-idle.js';
import { explainers } from './methods/index.js';

/** Puts the service together and starts it. */
export function startApp(environment: Environment, parts: WorkerParts = {}): Promise<Worker> {
  const { ENGINE: name, ENGINE_DEVICE: device, ENGINE_THREADS: threads } = environment;
  return startWorker({
    service: 'explain',
    environment,
    parts,
    preparing: { processes: 1 },
    work: async ({ modelDir, card, preparer, lungs, blobs, link, take }) => {
      const engine = lazily(
        async () => parts.engine ?? (await openEngine({ name, modelDir, threads, device })),
      );
      const backlog = () => urgentBacklog(link);
      const deps = { blobs, preparer, lungs, engine: engine.get, card, explainers, urgentBacklog: backlog };
      take({ kind: 'explain', handle: (job) => explainStudy(job, deps) });
      take({
        kind: 'score',
        turn: (ending) => whenIdle(backlog, ending),
        handle: (job) => scoreStudy(job, deps),
      });
      return {
        close: async () => {
          const made = await engine.made()?.catch(() => null);
          await made?.close();
        },
        ready: { modelId: card.id },
      };
    },
  });
}
