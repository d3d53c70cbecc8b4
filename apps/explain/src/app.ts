import type { ExplainJob, FaithfulnessJob } from '@lucency/contracts';
import type { Engine, InstalledModel } from '@lucency/model/card';
import { openEngine } from '@lucency/reading';
import { startWorker, type Worker, type WorkerParts } from '@lucency/worker-kit';
import { urgentBacklog } from './adapters/backlog.js';
import { lazily } from './adapters/lazily.js';
import type { Environment } from './environment.js';
import { explainStudy } from './explain/explain-study.js';
import { measureHeatmap } from './faithfulness/measure-heatmap.js';
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
    work: async ({ models, preparer, lungs, blobs, link, take }) => {
      const [inUse, ...further] = models;
      const backlog = () =>
        urgentBacklog(
          link,
          further.map(({ card }) => card.id),
        );
      const shared = { blobs, preparer, lungs, explainers, urgentBacklog: backlog };
      const about = (model: InstalledModel, engineAtHand?: Engine) => {
        const engine = lazily(
          async () =>
            engineAtHand ?? (await openEngine({ name, modelDir: model.directory, threads, device })),
        );
        return { ...shared, card: model.card, engine: engine.get, made: engine.made };
      };
      const aboutInUse = about(inUse, parts.engine);
      const known = new Map(
        [aboutInUse, ...further.map((model) => about(model))].map((deps) => [deps.card.id, deps]),
      );
      const of = ({ modelId }: ExplainJob | FaithfulnessJob) =>
        known.get(modelId ?? inUse.card.id) ?? aboutInUse;
      take({ kind: 'explain', handle: (job) => explainStudy(job, of(job)) });
      take({
        kind: 'score',
        turn: (ending) => whenIdle(backlog, ending),
        handle: (job) => measureHeatmap(job, of(job)),
      });
      return {
        close: async () => {
          const engines = await Promise.all([...known.values()].map(({ made }) => made()?.catch(() => null)));
          await Promise.all(engines.map((engine) => engine?.close()));
        },
        ready: {
          modelId: inUse.card.id,
          ...(further.length > 0 && { furtherModels: further.map(({ card }) => card.id).join(' ') }),
        },
      };
    },
  });
}
