// What an image holds, read out of its own layers, as a software bill of materials (CycloneDX 1.6, JSON).
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The parts of a layer that say what lies in it: Debian's list, and the manifests of npm's packages and of ours. */
const telling = ['var/lib/dpkg/status', '*/package.json'];

/**
 * @param layers archives of the layers, compressed or not, in their order
 * @returns the bill; what a later layer removes again would still be listed, but no image here removes anything
 */
export function billOf({ name, version, layers, nodeVersion }) {
  const components = new Map();
  const add = (component) => components.set(component.purl, component);
  if (nodeVersion) {
    add({ type: 'platform', name: 'node', version: nodeVersion, purl: `pkg:generic/node@${nodeVersion}` });
  }
  for (const layer of layers) {
    const folder = mkdtempSync(join(tmpdir(), 'lucency-bill-'));
    try {
      extract(layer, folder);
      for (const file of filesIn(folder)) {
        const text = readFileSync(file, 'utf8');
        if (file.endsWith('dpkg/status')) debianPackages(text).forEach(add);
        else npmPackage(text, file.slice(folder.length)).forEach(add);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${randomUUID()}`,
    version: 1,
    metadata: {
      timestamp: new Date().toISOString(),
      component: { type: 'container', 'bom-ref': name, name, version },
    },
    components: [...components.values()]
      .map((component) => ({ 'bom-ref': component.purl, ...component }))
      .sort((one, other) => (one.purl < other.purl ? -1 : 1)),
  };
}

function extract(layer, folder) {
  const patterns = telling.flatMap((pattern) => [pattern, `./${pattern}`]);
  const args = ['--extract', '--file', layer, '--directory', folder, '--wildcards', '--no-same-permissions'];
  try {
    execFileSync('tar', [...args, ...patterns], { stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (error) {
    // A layer without any of them is none of tar's successes.
    if (!/Not found in archive/.test(String(error.stderr))) throw error;
  }
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Only what npm installed and what is ours: packages carry further package.json files that name no package. */
function npmPackage(text, path) {
  if (!/(\/node_modules\/(@[^/]+\/)?[^/]+|\/app\/(apps|packages)\/[^/]+)\/package\.json$/.test(path))
    return [];
  const { name, version, license } = JSON.parse(text);
  if (!name || !version) return [];
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  const licenses = typeof license === 'string' ? [{ expression: license }] : undefined;
  return [{ type: 'library', name, version, purl, licenses }];
}

function debianPackages(status) {
  return status.split('\n\n').flatMap((paragraph) => {
    const field = (key) => new RegExp(`^${key}: (.*)$`, 'm').exec(paragraph)?.[1];
    const [name, version] = [field('Package'), field('Version')];
    if (!name || !version || !field('Status')?.endsWith(' installed')) return [];
    const purl = `pkg:deb/debian/${name}@${encodeURIComponent(version)}?arch=${field('Architecture')}`;
    return [{ type: 'library', name, version, purl }];
  });
}
