import { cautions, refusals } from '@lucency/contracts';
import type { OperatingPointFile } from '@lucency/evaluation';
import type { FileAnswer } from './classify-file.js';

/** One line of JSON about a file; its fields are a contract. Probabilities from 0 to 1, timings in milliseconds. */
export function jsonLine(
  answer: FileAnswer,
  heatmap: string | null,
  engine: { name: string; modelId: string },
  point?: OperatingPointFile,
): string {
  const operatingPoint = point ? { purpose: point.purpose, createdAt: point.createdAt } : null;
  const common = { file: answer.file, modelId: engine.modelId, engine: engine.name, operatingPoint };
  switch (answer.outcome) {
    case 'read': {
      const { decision, probability, threshold, claims, region } = answer.reading;
      return JSON.stringify({
        ...common,
        decision,
        probability,
        threshold,
        refusal: null,
        region,
        claims,
        cautions: answer.reading.cautions.map((code) => ({ code, message: cautions[code] })),
        lungs: answer.reading.lungs,
        type: answer.reading.type,
        heatmap,
        timings: answer.timings,
      });
    }
    case 'refused': {
      const refusal = { code: answer.reason, message: refusals[answer.reason] };
      return JSON.stringify({
        ...common,
        decision: null,
        probability: null,
        threshold: null,
        refusal,
        claims: [],
        cautions: [],
        timings: answer.timings,
      });
    }
    case 'unread':
      return JSON.stringify({
        ...common,
        decision: null,
        probability: null,
        threshold: null,
        refusal: null,
        claims: [],
        cautions: [],
        error: answer.why,
        timings: {},
      });
  }
}
