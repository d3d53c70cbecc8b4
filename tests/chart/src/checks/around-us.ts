import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Check } from '../check.js';
import { helm, render } from '../helm.js';
import { type Manifest, parseManifests, workloadsOf } from '../manifest.js';
import { chartFolder } from '../places.js';
import { run } from '../run.js';
import { goTool } from '../tools/go.js';
import { goTools } from '../tools/versions.js';
import { valueSet, valueSets } from '../value-sets.js';

/** Characters that a name may have, where it is fewer than 63: a CronJob adds the time to it, a StatefulSet a hash. */
const limits: Record<string, number> = { CronJob: 52, StatefulSet: 52 };
const label = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
/** As long as Helm takes them, with what a name may begin with and hold. */
const releases = ['a'.repeat(53), `${'a'.repeat(52)}b`, `1st.lucency.${'x'.repeat(41)}`, 'h', 'lucency'];

async function namesOf(release: string): Promise<{ kind: string; name: string }[]> {
  const { ok, stdout, output } = await helm(['template', release], valueSet('everything'));
  if (!ok) throw new Error(`a release ${release} cannot be rendered: ${output}`);
  return parseManifests(stdout).map(({ kind, metadata }) => ({ kind, name: metadata.name }));
}

const names: Check = {
  name: 'names of releases of any length fit every kind, and no two releases share one',
  async faults() {
    const faults: string[] = [];
    const seen = new Map<string, string>();
    for (const release of releases) {
      for (const { kind, name } of await namesOf(release)) {
        if (name.length > (limits[kind] ?? 63)) faults.push(`${kind} ${name} of ${release} is too long`);
        if (!label.test(name)) faults.push(`${kind} ${name} of ${release} is no name for a Service`);
        const other = seen.get(`${kind} ${name}`);
        if (other !== undefined && other !== release)
          faults.push(`${kind} ${name} is of ${other} and ${release}`);
        seen.set(`${kind} ${name}`, release);
      }
    }
    return faults;
  },
};

const umbrella: Check = {
  name: 'a chart around this one may have it, with values for all and a condition',
  async faults() {
    const folder = await mkdtemp(join(tmpdir(), 'lucency-umbrella-'));
    try {
      await mkdir(join(folder, 'charts'));
      await cp(chartFolder, join(folder, 'charts/lucency'), { recursive: true });
      await writeFile(
        join(folder, 'Chart.yaml'),
        `apiVersion: v2
name: hospital
version: 1.0.0
dependencies: [{ name: lucency, version: ">=0.0.0-0", condition: lucency.enabled }]
`,
      );
      const files = valueSet('plain').files.flatMap((file) => ['--values', file]);
      const inside = await run(await goTool(goTools.helm), ['template', 'h', chartFolder, ...files]);
      await writeFile(
        join(folder, 'values.yaml'),
        'global: { imageRegistry: registry.example }\nlucency: { enabled: true }\n',
      );
      const around = async (...more: string[]) =>
        run(await goTool(goTools.helm), ['template', 'h', folder, ...more]);
      const needed = ['addresses.api=https://api.example', 'addresses.portal=https://portal.example']
        .concat('signIn.issuer=https://sign-in.example', 'blobs.s3.url=s3://bucket')
        .flatMap((each) => ['--set', `lucency.${each}`]);
      const rendered = await around(...needed);
      if (!rendered.ok) return [rendered.output];
      const off = await around('--set', 'lucency.enabled=false');
      const count = (text: string) => parseManifests(text).length;
      return [
        ...(count(rendered.stdout) === count(inside.stdout) ? [] : ['it makes other objects than alone']),
        ...(off.ok && count(off.stdout) === 0 ? [] : ['it is there although it is switched off']),
      ];
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

const openShift: Check = {
  name: 'users are left to the cluster where it is asked for',
  async faults() {
    const faults = await Promise.all(
      valueSets.map(async (values) => {
        const { text } = await render(values, ['--set', 'podSecurity.setUser=false']);
        return /runAs(User|Group):|fsGroup/.test(text) ? [`${values.name} names some`] : [];
      }),
    );
    return faults.flat();
  },
};

/** Of the images that are ours, and not the chart's own test. */
function withoutProxy(manifests: readonly Manifest[], proxied: string): string[] {
  return workloadsOf(manifests)
    .filter(({ kind }) => kind !== 'Pod')
    .filter(({ pod }) => pod.containers.some(({ image }) => image.includes('/lucency/')))
    .filter(({ pod }) => !pod.containers.some(({ env }) => env?.some(({ name }) => name === proxied)))
    .map(({ name }) => name);
}

const proxy: Check = {
  name: 'every service takes variables of the site, and its network policy their port',
  async faults() {
    const set = ['--set-string', 'extraEnv[0].name=HTTPS_PROXY,extraEnv[0].value=http://proxy.example:3128'];
    const { manifests } = await render(valueSet('gpu'), [
      ...set,
      '--set',
      'networkPolicy.outsidePorts={3128}',
    ]);
    const policies = manifests.filter(({ kind }) => kind === 'NetworkPolicy');
    const closed = ['gateway', 'web'].filter(
      (component) =>
        !policies.some(
          ({ metadata, spec }) =>
            metadata.name.endsWith(`-${component}`) && JSON.stringify(spec).includes('{"port":3128}'),
        ),
    );
    const missing: string[] = [];
    for (const component of ['gateway', 'coordinator', 'inferenceCpu', 'inferenceGpu', 'explain', 'web']) {
      const own = ['--set-string', `${component}.extraEnv[0].name=OF_ONE,${component}.extraEnv[0].value=1`];
      const { text } = await render(valueSet('gpu'), own);
      if (text.split('name: OF_ONE').length !== 2) missing.push(component);
    }
    return [
      ...withoutProxy(manifests, 'HTTPS_PROXY').map((name) => `${name} is not told of the proxy`),
      ...closed.map((component) => `${component} may not reach the proxy's port`),
      ...missing.map((component) => `${component} takes no variables of its own`),
    ];
  },
};

/** What surrounds the chart at a site: other charts, clusters with rules of their own, proxies. */
export const aroundUs: Check[] = [names, umbrella, openShift, proxy];
