// npm run release: makes the next version of the changesets in .changeset/. Everything carries the version of
// @lucency/client: the root, whose version images take, and the chart. CHANGELOG.md at the root tells of all of it.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const usage = `npm run release
Takes the changesets in .changeset/ into CHANGELOG.md, and raises the version of the platform, its chart and
@lucency/client accordingly. Commits nothing; docs/operations/release.md says what comes next.
`;
const [first] = process.argv.slice(2);
if (first === '--help' || first === '-h') {
  process.stdout.write(usage);
  process.exit(0);
}
if (first !== undefined) end(2, `Unknown option '${first}'. Options: --help`);

const root = join(import.meta.dirname, '../..');
const at = (name) => join(root, name);
const read = (name) => readFileSync(at(name), 'utf8');
const change = (name, edit) => writeFileSync(at(name), edit(read(name)));
const clientVersion = () => JSON.parse(read('packages/client/package.json')).version;

if (!readdirSync(at('.changeset')).some((name) => name.endsWith('.md'))) {
  end(1, 'There is no changeset: npm run changeset writes one.');
}
const before = clientVersion();
const { status } = spawnSync(process.execPath, [join(import.meta.dirname, 'changeset.mjs'), 'version'], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
});
if (status !== 0) end(1, 'The changesets could not be read.');
const version = clientVersion();
if (version === before) end(1, 'No changeset asks for a version of @lucency/client.');

// The first version in a manifest is its own.
const raise = (text) => text.replace(/"version": "[^"]*"/, `"version": "${version}"`);
change('package.json', raise);
change('package-lock.json', (text) => {
  const lock = JSON.parse(text);
  for (const entry of [lock, lock.packages[''], lock.packages['packages/client']]) entry.version = version;
  return `${JSON.stringify(lock, null, 2)}\n`;
});
change('deploy/helm/lucency/Chart.yaml', (text) =>
  text.replace(/^(version|appVersion): .*$/gm, (_line, name) => `${name}: ${version}`),
);

// What changesets write for the client alone is the news of everything.
const ofClient = 'packages/client/CHANGELOG.md';
const [, news = ''] = read(ofClient).split(/^## .*\n/m);
rmSync(at(ofClient));
const today = new Date().toISOString().slice(0, 10);
change('CHANGELOG.md', (text) => text.replace(/^## /m, `## ${version}, ${today}\n\n${news.trim()}\n\n## `));
console.log(`${before} -> ${version}: read CHANGELOG.md, then commit "chore: release ${version}".`);

function end(code, why) {
  console.error(why);
  process.exit(code);
}
