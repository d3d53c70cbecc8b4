import { availableParallelism } from 'node:os';
import { commandLine, refuse, showProgress } from '@lucency/command-line';
import { readModelCard } from '@lucency/model/card';
import { loadData } from '../dataset/data.js';
import { recipes } from '../recipes/index.js';
import { amendReport, presetsBeside, readReportOf } from './amend.js';
import { studyExplanations } from './explanations.js';
import { gateSection } from './gate-section.js';
import { leftOutSections } from './left-out-sections.js';
import { amendCard } from './write-model.js';

const usage =
  'npm run train -- amend --out DIR [--beside DIR] [--gate gate.json] [--left-out left-out.json] [--explanations --data DIR [--other DIR --lung-masks DIR]]';

/** `train amend`: measures or places parts of a report again, without training or choosing anything else. */
export async function runAmendCommand(args: string[]): Promise<void> {
  const { values } = commandLine(usage, {
    args,
    options: {
      out: { type: 'string' },
      beside: { type: 'string' },
      gate: { type: 'string' },
      'left-out': { type: 'string' },
      explanations: { type: 'boolean', default: false },
      data: { type: 'string' },
      other: { type: 'string', multiple: true, default: [] },
      'lung-masks': { type: 'string', multiple: true, default: [] },
    },
  });
  const { out, beside, gate, explanations, data } = values;
  if (!out || (explanations && !data)) refuse(usage);
  if (beside) await amendReport(out, await presetsBeside(out, beside));
  const leftOut = values['left-out'];
  if (leftOut)
    await amendReport(out, await leftOutSections(leftOut, await readModelCard(out), await readReportOf(out)));
  if (gate) await amendReport(out, { gate: await gateSection(gate) });
  if (explanations && data)
    await explainAgain(out, { data, others: values.other, lungMasks: values['lung-masks'] });
}

interface Pictures {
  readonly data: string;
  readonly others: readonly string[];
  readonly lungMasks: readonly string[];
}

/** On the parts that the model's own training had: its preset's shares, its seed. */
async function explainAgain(out: string, { data, others, lungMasks }: Pictures): Promise<void> {
  const progress = showProgress(process.stderr);
  const card = await readModelCard(out);
  const { preset, seed } = card.training;
  const recipe = recipes.find(({ name }) => name === preset);
  if (!recipe) throw new Error(`${out} was trained by the preset ${preset}, which there is no more`);
  const { shares, othersShares, looksAt } = recipe;
  const parts = await loadData(
    {
      directory: data,
      shares,
      seed,
      others: othersShares ? { directories: others, shares: othersShares } : undefined,
      lungMasks: looksAt === 'lungs' ? lungMasks : undefined,
    },
    progress,
  );
  const threads = availableParallelism();
  const study = await studyExplanations(out, card, parts, { seed, threads, progress });
  await amendCard(out, card, { faithfulness: study.faithfulness });
  await amendReport(out, { explanations: study.explanations });
}
