import { availableParallelism } from 'node:os';
import { commandLine, refuse, showProgress } from '@lucency/command-line';
import { readModelCard } from '@lucency/model/card';
import { loadData } from '../dataset/data.js';
import { recipes } from '../recipes/index.js';
import { amendReport, presetsBeside } from './amend.js';
import { studyExplanations } from './explanations.js';
import { gateSection } from './gate-section.js';
import { amendCard } from './write-model.js';

const usage =
  'npm run train -- amend --out DIR [--beside DIR] [--gate gate.json] [--explanations --data DIR]';

/** `train amend`: measures or places parts of a report again, without training or choosing anything else. */
export async function runAmendCommand(args: string[]): Promise<void> {
  const { values } = commandLine(usage, {
    args,
    options: {
      out: { type: 'string' },
      beside: { type: 'string' },
      gate: { type: 'string' },
      explanations: { type: 'boolean', default: false },
      data: { type: 'string' },
    },
  });
  const { out, beside, gate, explanations, data } = values;
  if (!out || (explanations && !data)) refuse(usage);
  if (beside) await amendReport(out, await presetsBeside(out, beside));
  if (gate) await amendReport(out, { gate: await gateSection(gate) });
  if (explanations && data) await explainAgain(out, data);
}

/** On the parts that the model's own training had: its preset's shares, its seed. */
async function explainAgain(out: string, directory: string): Promise<void> {
  const progress = showProgress(process.stderr);
  const card = await readModelCard(out);
  const { preset, seed } = card.training;
  const recipe = recipes.find(({ name }) => name === preset);
  if (!recipe) throw new Error(`${out} was trained by the preset ${preset}, which there is no more`);
  const parts = await loadData({ directory, shares: recipe.shares, seed }, progress);
  const threads = availableParallelism();
  const study = await studyExplanations(out, card, parts, { seed, threads, progress });
  await amendCard(out, card, { faithfulness: study.faithfulness });
  await amendReport(out, { explanations: study.explanations });
}
