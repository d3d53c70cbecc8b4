import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { modelCardText, readableJson } from '@lucency/evaluation';
import { evaluationReport, type ReportSections, readModelCard, reportFileName } from '@lucency/model/card';
import { testedOn } from './tested-on.js';

/** The presets that an artefact's report tells of. */
export async function presetsOf(artefact: string): Promise<NonNullable<ReportSections['presets']>> {
  return (await readReportOf(artefact)).presets ?? [];
}

/** Puts sections into an artefact's report and model card, in place of those that it has. */
export async function amendReport(artefact: string, sections: ReportSections): Promise<void> {
  const card = await readModelCard(artefact);
  const report = { ...(await readReportOf(artefact)), ...sections };
  await writeFile(join(artefact, 'report', reportFileName), `${readableJson(report)}\n`);
  await writeFile(join(artefact, 'report', 'MODEL_CARD.md'), modelCardText(card, report, testedOn));
}

/** The presets of an artefact's report, with those of another beside them. */
export async function presetsBeside(
  artefact: string,
  other: string,
): Promise<Pick<ReportSections, 'presets'>> {
  const [own, others] = await Promise.all([presetsOf(artefact), presetsOf(other)]);
  const names = new Set(others.map(({ preset }) => preset));
  return { presets: [...own.filter(({ preset }) => !names.has(preset)), ...others] };
}

export async function readReportOf(artefact: string) {
  return evaluationReport.parse(JSON.parse(await readFile(join(artefact, 'report', reportFileName), 'utf8')));
}
