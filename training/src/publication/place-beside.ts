import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { evaluationReport, type ReportSections, readModelCard, reportFileName } from '@lucency/model/card';
import { readableJson } from '../evaluation/json.js';
import { modelCardText } from '../evaluation/model-card-text.js';
import { testedOn } from './tested-on.js';

/** The presets that an artefact's report tells of. */
export async function presetsOf(artefact: string): Promise<NonNullable<ReportSections['presets']>> {
  return (await readReportOf(artefact)).presets ?? [];
}

/** Puts the figures of another artefact's preset beside those of this one, in its report and model card. */
export async function placeBeside(artefact: string, other: string): Promise<void> {
  const [card, report, others] = await Promise.all([
    readModelCard(artefact),
    readReportOf(artefact),
    presetsOf(other),
  ]);
  const names = new Set(others.map(({ preset }) => preset));
  const own = (report.presets ?? []).filter(({ preset }) => !names.has(preset));
  const both = { ...report, presets: [...own, ...others] };
  await writeFile(join(artefact, 'report', reportFileName), `${readableJson(both)}\n`);
  await writeFile(join(artefact, 'report', 'MODEL_CARD.md'), modelCardText(card, both, testedOn));
}

async function readReportOf(artefact: string) {
  return evaluationReport.parse(JSON.parse(await readFile(join(artefact, 'report', reportFileName), 'utf8')));
}
