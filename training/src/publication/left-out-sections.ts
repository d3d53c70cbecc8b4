import { readFile } from 'node:fs/promises';
import type { ShiftedSet } from '@lucency/evaluation';
import type { ModelCard, ReportSections } from '@lucency/model/card';
import type { LeftOutCandidate } from '../selection/left-out.js';
import { figuresOnSets, pointsOnSets } from './measure.js';

type Reported = Pick<ReportSections, 'sets' | 'pointsOnSets'>;

/**
 * What a training that left hospitals out says of them, to stand in the report of the model that did learn from them: at this
 * model's thresholds, since a hospital that it has never seen is read with those.
 * @param file left-out.json of the run's folder
 */
export async function leftOutSections(
  file: string,
  { threshold, operatingPoints, training }: ModelCard,
  report: Reported,
): Promise<Reported> {
  const candidates: LeftOutCandidate[] = JSON.parse(await readFile(file, 'utf8'));
  const candidate = candidates.find(({ interpolation }) => interpolation === training.interpolation);
  if (!candidate) throw new Error(`${file} has no model of the interpolation ${training.interpolation}`);
  return withSets([...candidate.sets, ...candidate.tested], { threshold, operatingPoints }, report);
}

function withSets(
  sets: readonly ShiftedSet[],
  { threshold, operatingPoints }: Pick<ModelCard, 'threshold' | 'operatingPoints'>,
  report: Reported,
): Reported {
  const others = (report.pointsOnSets ?? []).filter(({ set }) => sets.every(({ name }) => name !== set));
  return {
    sets: { ...report.sets, ...figuresOnSets(sets, threshold) },
    pointsOnSets: [...others, ...pointsOnSets(operatingPoints, sets)],
  };
}
