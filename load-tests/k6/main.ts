import exec from 'k6/execution';
import type { Options } from 'k6/options';
import type { Journey } from '../src/loads/load.ts';
import { thresholds } from '../src/slo.ts';
import { apiClient } from './journeys/api-client.ts';
import { imageReader } from './journeys/image-reader.ts';
import { radiologist } from './journeys/radiologist.ts';
import { technologist } from './journeys/technologist.ts';
import { noteBeginning } from './platform/notes.ts';
import { gatherParticipants, type Participant } from './platform/participants.ts';
import { settings } from './platform/settings.ts';
import { scenariosOf } from './scenarios.ts';

const { load } = settings;
/** The first studies of a load that stops when levels are missed may be slow ones. */
const firstJudgedAfter = '30s';

const journeys: Record<
  Journey,
  (crowd: (typeof load.crowds)[string], all: Participant[]) => void | Promise<void>
> = {
  technologist,
  radiologist,
  apiClient,
  imageReader,
};

export const options: Options = {
  scenarios: scenariosOf(load, settings),
  thresholds: load.stopsWhenMissed
    ? Object.fromEntries(
        Object.entries(thresholds).map(([name, levels]) => [
          name,
          levels.map((threshold) => ({ threshold, abortOnFail: true, delayAbortEval: firstJudgedAfter })),
        ]),
      )
    : thresholds,
  summaryTrendStats: ['count', 'min', 'med', 'avg', 'p(95)', 'p(99)', 'max'],
  setupTimeout: '60s',
  discardResponseBodies: false,
  batch: 20,
  batchPerHost: 20,
};

export function setup(): Participant[] {
  const participants = gatherParticipants();
  noteBeginning();
  return participants;
}

export default async function walk(participants: Participant[]): Promise<void> {
  const crowd = load.crowds[exec.scenario.name];
  if (!crowd) throw new Error(`the load ${load.name} has no crowd ${exec.scenario.name}`);
  await journeys[crowd.journey](crowd, participants);
}

/** Of everything that k6 knows only the figures: what `setup` returned holds access tokens. */
export function handleSummary({ metrics }: { metrics: unknown }): Record<string, string> {
  return { [settings.summaryFile]: JSON.stringify({ metrics }) };
}
