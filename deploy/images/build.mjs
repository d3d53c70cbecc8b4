// npm run images [-- NAME...] [--registry R] [--tag T] [--base IMAGE] [--model models/NAME] [--revision R]
// Builds the images with buildah or docker, whichever is there, holds each to its compressed size, and writes its bill of
// materials.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { billOf } from './bill.mjs';

const usage = `npm run images [-- NAME...] [--registry R] [--tag T] [--base IMAGE] [--model models/NAME] [--revision R]
Builds the images with buildah or docker, whichever is there, and writes a bill of materials for each.`;
if (process.argv.slice(2).some((word) => word === '--help' || word === '-h')) {
  console.log(usage);
  process.exit(0);
}

const root = join(import.meta.dirname, '../..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** The most that an image may take in a registry, in megabytes; null where nobody has measured one. */
const limits = { gateway: 150, inference: 300, explain: 300, dicom: 150, web: 150, 'inference-gpu': null };
/** Beside the images, a bill of materials for each. */
const bills = join(root, 'deploy/images/bills');
const usual = ['gateway', 'inference', 'explain', 'dicom', 'web'];

const { values, positionals } = readOptions({
  registry: { type: 'string', default: 'localhost/lucency' },
  tag: { type: 'string', default: version },
  base: { type: 'string' },
  model: { type: 'string', default: '' },
  revision: { type: 'string', default: revision() },
});
const names = positionals.length > 0 ? positionals : usual;
const unknown = names.filter((name) => !(name in limits));
if (unknown.length > 0) {
  console.error(`There is no image ${unknown.join(', ')}. Choose from: ${Object.keys(limits).join(', ')}`);
  process.exit(2);
}
const builder = findBuilder();
if (!builder) {
  console.error(
    'Neither buildah nor a running docker is here, so no image was built. On Debian or Ubuntu: apt-get install buildah',
  );
  process.exit(1);
}

let tooLarge = 0;
for (const name of names) {
  const image = `${values.registry}/${name}:${values.tag}`;
  console.log(`\n${image}, with ${builder}`);
  const { status } = spawnSync(builder, buildArguments(name, image), { cwd: root, stdio: 'inherit' });
  if (status !== 0) {
    console.error(`${image} could not be built`);
    process.exit(1);
  }
  const { layers, bytes, nodeVersion, folder } = unpack(image);
  const limit = limits[name];
  const isTooLarge = limit !== null && bytes / 1e6 > limit;
  const parts = layers.map((layer) => (statSync(layer).size / 1e6).toFixed(0)).join(' + ');
  console.log(
    `${image}: ${(bytes / 1e6).toFixed(0)} MB compressed (layers ${parts})${isTooLarge ? `, more than the ${limit} allowed` : ''}`,
  );
  const bill = billOf({ name: image, version: values.tag, layers, nodeVersion });
  rmSync(folder, { recursive: true });
  mkdirSync(bills, { recursive: true });
  const file = join(bills, `${name}-${values.tag}.cdx.json`);
  writeFileSync(file, `${JSON.stringify(bill, null, 2)}\n`);
  console.log(`${bill.components.length} components: ${file}`);
  if (isTooLarge) tooLarge += 1;
}
process.exit(tooLarge > 0 ? 1 : 0);

/** One line and exit code 2 for what is no option; nothing of the repository need be built for it. */
function readOptions(options) {
  try {
    return parseArgs({ allowPositionals: true, options });
  } catch (error) {
    const [what] = error.message.split(/\. |\n/);
    const names = ['help', ...Object.keys(options)].map((name) => `--${name}`);
    console.error(`${what}. Options: ${names.join(', ')}`);
    process.exit(2);
  }
}

function findBuilder() {
  const answers = (command, ...args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;
  if (answers('buildah', '--version')) return 'buildah';
  // The client alone is not enough.
  if (answers('docker', 'info')) return 'docker';
  return undefined;
}

function buildArguments(name, image) {
  const args = ['build', '--file', `deploy/images/${name}.Dockerfile`, '--tag', image];
  // OCI has no place for HEALTHCHECK.
  if (builder === 'buildah') args.push('--format', 'docker', '--layers');
  args.push('--build-arg', `VERSION=${values.tag}`, '--build-arg', `REVISION=${values.revision}`);
  if (!['dicom', 'web'].includes(name)) args.push('--build-arg', `MODEL=${values.model}`);
  if (values.base) {
    const kind = builder === 'buildah' ? 'container-image' : 'docker-image';
    args.push('--build-context', `node:22-slim=${kind}://${values.base}`);
  }
  return [...args, '.'];
}

function revision() {
  const { status, stdout } = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : 'unknown';
}

/** What a registry would hold of it: its layers, compressed, in a folder that the caller removes. */
function unpack(image) {
  const folder = mkdtempSync(join(tmpdir(), 'lucency-image-'));
  const file = (name) => join(folder, name);
  const json = (name) => JSON.parse(readFileSync(file(name), 'utf8'));
  let layers;
  let settings;
  if (builder === 'docker') {
    execFileSync('sh', ['-c', 'docker save "$1" | tar --extract --directory "$2"', 'sh', image, folder]);
    const [manifest] = json('manifest.json');
    layers = manifest.Layers.map(file);
    for (const layer of layers) execFileSync('gzip', ['--force', layer]);
    layers = layers.map((layer) => `${layer}.gz`);
    settings = json(manifest.Config);
  } else {
    execFileSync('buildah', ['push', '--quiet', image, `dir:${folder}`]);
    const manifest = json('manifest.json');
    const named = ({ digest }) => digest.replace('sha256:', '');
    layers = manifest.layers.map((layer) => file(named(layer)));
    settings = json(named(manifest.config));
  }
  const node = settings.config.Env?.find((variable) => variable.startsWith('NODE_VERSION='));
  const bytes = layers.reduce((sum, layer) => sum + statSync(layer).size, 0);
  return { folder, layers, bytes, nodeVersion: node?.split('=')[1] };
}
