import { setTimeout as sleep } from 'node:timers/promises';
import { lackingOrthanc, type Orthanc, startOrthanc } from '@lucency/dev-stack';
import { enterStored } from '../client/enter-stored.js';
import { sendInstances } from '../client/modality.js';
import type { Platform } from '../platform/platform.js';
import type { Experiment } from './experiment.js';

/** Longer than the pauses between tries grow in the time that the faults take. */
const deliveredWithinMs = 180_000;

export const pacsAway: Experiment = {
  name: 'pacs-away',
  promise: 'results reach an archive that comes and goes, from a service that is killed, each once',
  lacks: lackingOrthanc,
  run: async (platform, journal, { studies, faults }) => {
    const archive = await startOrthanc();
    try {
      await sendTo(archive, platform);
      platform.dicom.supervise();
      const to = { host: '127.0.0.1', port: platform.dicomPort, called: 'LUCENCY', calling: 'MODALITY' };
      const sending = sendInstances(to, studies);
      for (let fault = 0; fault < faults; fault += 1) {
        await sleep(2_000 + 37 * fault);
        if (fault % 2 === 0) await platform.dicom.kill();
        else {
          await archive.away();
          await sleep(3_000);
          await archive.back();
        }
      }
      const unstored = await enterStored(platform, journal, await sending, studies);
      const rows = await untilDelivered(platform);
      return [...unstored, ...rows.problems, ...(await problemsIn(archive, rows))];
    } finally {
      await archive.kill();
    }
  },
};

async function sendTo({ aeTitle, callingAeTitle, host, port }: Orthanc, { clientOf, siteId }: Platform) {
  const input = { siteId, name: 'PACS', kind: 'DICOM', aeTitle, callingAeTitle, host, port };
  await clientOf('administrator-harbour').request(
    'mutation ($input: CreateDestinationInput!) { createDestination(input: $input) { __typename } }',
    { input },
  );
}

interface Outbox {
  results: number;
  heatmaps: number;
  problems: string[];
}

/** Waits until everything was read, explained and sent. */
async function untilDelivered({ database }: Platform): Promise<Outbox> {
  const giveUpAt = Date.now() + deliveredWithinMs;
  for (;;) {
    const [now] = (
      await database.query<{
        working: number;
        waiting: number;
        failed: number;
        results: number;
        heatmaps: number;
      }>(
        `SELECT (SELECT count(*)::int FROM task WHERE state = 'PENDING') AS working,
           count(*) FILTER (WHERE state = 'PENDING')::int AS waiting,
           count(*) FILTER (WHERE state NOT IN ('PENDING', 'DELIVERED'))::int AS failed,
           count(*) FILTER (WHERE content = 'RESULT')::int AS results,
           count(*) FILTER (WHERE content = 'HEATMAP')::int AS heatmaps
         FROM delivery`,
      )
    ).rows;
    if (!now) throw new Error('the outbox cannot be read');
    const { results, heatmaps, failed } = now;
    if (now.working === 0 && now.waiting === 0)
      return { results, heatmaps, problems: failed > 0 ? [`${failed} deliveries were given up`] : [] };
    if (Date.now() > giveUpAt)
      return {
        results,
        heatmaps,
        problems: [`${now.waiting} deliveries still wait, and ${now.working} tasks`],
      };
    await sleep(500);
  }
}

/** The archive refuses nothing and forgets nothing, so it has a report for each result and a capture for each heatmap. */
async function problemsIn(archive: Orthanc, { results, heatmaps }: Outbox): Promise<string[]> {
  const modalityCounts = new Map<string, number>();
  const series = await archive.json('/series?expand');
  for (const each of Array.isArray(series) ? series : []) {
    const modality = String(each.MainDicomTags?.Modality);
    modalityCounts.set(modality, (modalityCounts.get(modality) ?? 0) + each.Instances.length);
  }
  const [reports, captures] = [modalityCounts.get('SR') ?? 0, modalityCounts.get('OT') ?? 0];
  return [
    ...(results > 0 ? [] : ['nothing was to be sent']),
    ...(reports === results ? [] : [`${results} results became ${reports} reports in the archive`]),
    ...(captures === heatmaps ? [] : [`${heatmaps} heatmaps became ${captures} captures in the archive`]),
  ];
}
