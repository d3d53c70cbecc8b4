import { drawPhantom } from '@lucency/imaging';
import { apply, helm, kubectl } from '../kubernetes/kubectl.js';
import { namespace } from '../kubernetes/namespace.js';
import { until } from '../kubernetes/objects.js';
import { isInstalled, release, upgrade } from '../platform/release.js';
import { prepareSite } from '../platform/site.js';
import { issuer } from '../sign-in.js';
import type { Check } from './check.js';

export const install: Check = {
  name: 'install',
  promise:
    'helm install --wait under Pod Security `restricted`, the chart’s own test, and an X-ray to its heatmap',
  async run({ platform, say }) {
    const problems: string[] = [];
    if (!(await isInstalled())) {
      await prepareSite();
      say(`helm install --wait took ${(await upgrade()).toFixed(0)} s`);
    }
    if (!(await refusesPrivileges()))
      problems.push('the namespace lets a pod in that does not meet `restricted`');
    const tested = await helm('test', release, '--namespace', namespace, '--timeout', '3m', '--logs');
    // A release without any test passes it, too.
    if (/Phase:\s+Succeeded/.test(tested)) say(`helm test: ${tested.trim().split('\n').at(-1)}`);
    else problems.push(`helm test ran nothing: ${tested}`);

    const { client, siteId } = await platform();
    const bytes = await drawPhantom({ seed: 101, pneumonia: true });
    const begun = Date.now();
    const facts = { siteId, patientReference: `CLUSTER-${begun}`, patientAgeMonths: 30 };
    const { id } = (await client.submit(bytes, facts)).study;
    const ended = async () => {
      const study = await client.study(id);
      return study !== null && !['NONE', 'PENDING'].includes(study.explanationState);
    };
    await until('an X-ray to its heatmap', ended, 120);
    const study = await client.study(id);
    const [image] = study?.images ?? [];
    say(
      `drawn X-ray: ${study?.readingState} ${image?.reading?.decision} at ${image?.reading?.probability.toFixed(2)}, ` +
        `heatmap ${study?.explanationState} after ${((Date.now() - begun) / 1000).toFixed(1)} s`,
    );
    const heatmap = image?.heatmap?.address && (await fetch(image.heatmap.address.url));
    if (!heatmap?.ok || !heatmap.headers.get('content-type')?.startsWith('image/')) {
      problems.push(`no heatmap can be fetched (${heatmap?.status})`);
    }
    problems.push(...(await portalProblems()));
    return problems;
  },
};

async function refusesPrivileges(): Promise<boolean> {
  const spec = { containers: [{ name: 'any', image: 'any' }] };
  const plain = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'plain', namespace }, spec };
  return apply([plain]).then(
    () => kubectl('--namespace', namespace, 'delete', 'pod', 'plain').then(() => false),
    (error: unknown) => String(error).includes('violates PodSecurity'),
  );
}

const portalService = `http://lucency-web.${namespace}.svc.cluster.local:3000`;

/** The portal found the provider, by https with the house's own authority, and sends people there. */
async function portalProblems(): Promise<string[]> {
  const answer = await fetch(`${portalService}/auth/sign-in`, { redirect: 'manual' });
  const target = answer.headers.get('location') ?? '';
  return target.startsWith(issuer)
    ? []
    : [`the portal sends people to "${target}" (${answer.status}), not to the provider`];
}
