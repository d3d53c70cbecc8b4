import { viewsOf } from '@lucency/dev-stack';
import { Journal } from '@lucency/faults';
import { runNow } from '../kubernetes/jobs.js';
import { apply, kubectl } from '../kubernetes/kubectl.js';
import { namespace } from '../kubernetes/namespace.js';
import { podsOf, until } from '../kubernetes/objects.js';
import type { Platform } from '../platform/platform.js';
import { overlays, uninstall, upgrade } from '../platform/release.js';
import type { Check } from './check.js';

const studies = 60;
const claim = 'lucency-backups';
/** The disks on which patients' data lies; that of NATS goes with its release. */
const disks = ['data-lucency-postgres-0', 'data-lucency-s3-0'];

export const restore: Check = {
  name: 'restore',
  promise:
    'studies, readings, images and heatmaps are back after the release and its disks were lost, from backups made by the Jobs',
  async run({ platform, say }) {
    const open = await platform();
    await apply([claimOf(claim)]);
    await upgrade(overlays.backup);
    const journal = new Journal(open);
    await journal.submit(studies);
    await journal.settled(180_000);
    const ids = journal.entries.map(({ studyId }) => studyId);
    const wanted = await told(open, ids);
    const incomplete = [...wanted.values()].filter((view) => !view.startsWith('CLASSIFIED'));
    if (incomplete.length > 0) return [`${incomplete.length} of ${studies} were not read in the first place`];

    for (const kind of ['database', 'blobs']) {
      const { seconds, output } = await runNow(`lucency-backup-${kind}`, `backup-${kind}-now`);
      say(`backup of ${kind}: ${seconds.toFixed(0)} s, ${output}`);
    }
    await uninstall();
    for (const disk of disks) await kubectl('--namespace', namespace, 'delete', 'pvc', disk);
    await until('every pod gone', async () => (await podsOf('gateway')).length === 0, 120);

    const begun = Date.now();
    const installed = await upgrade(overlays.backup);
    const afterLoss = await told(open, ids);
    const kept = ids.filter((id) => afterLoss.get(id) === wanted.get(id));
    if (kept.length > 0) return [`${kept.length} of ${studies} were never lost`];
    const { seconds: restored, output } = await runNow('lucency-restore', 'restore');
    const back = await told(open, ids);
    say(
      `${studies} studies shown again after ${((Date.now() - begun) / 1000).toFixed(0)} s: ` +
        `install ${installed.toFixed(0)} s, restore ${restored.toFixed(0)} s, ${output}`,
    );
    const otherwise = ids.filter((id) => back.get(id) !== wanted.get(id));
    const after = new Journal(open);
    await after.submit(4);
    const ends = (await after.settled(120_000)).map(({ readingState }) => readingState);
    say(`submitted afterwards: ${ends.join(', ')}`);
    return [
      ...(otherwise.length > 0
        ? [`${otherwise.length} of ${studies} studies are not as they were, as ${otherwise[0]}`]
        : []),
      ...(ends.every((end) => end === 'CLASSIFIED') ? [] : ['what is submitted afterwards is not read']),
    ];
  },
};

/** What a radiologist is told and shown of each study. */
async function told({ client }: Platform, ids: readonly string[]): Promise<Map<string, string>> {
  const views = await viewsOf(client, ids);
  for (const [id, view] of views) {
    const study = await client.study(id);
    const reading = study?.images[0]?.reading;
    views.set(
      id,
      `${study?.readingState} ${reading?.decision} ${reading?.probability} ${study?.explanationState} ${view}`,
    );
  }
  return views;
}

function claimOf(name: string): object {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  };
}
