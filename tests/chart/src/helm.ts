import { type Manifest, parseManifests } from './manifest.js';
import { chartFolder } from './places.js';
import { type Ended, run } from './run.js';
import { goTool } from './tools/go.js';
import { goTools } from './tools/versions.js';
import type { ValueSet } from './value-sets.js';

/** Runs Helm on the chart with a set of values. Throws MissingTool. */
export async function helm(
  command: string[],
  { files }: Pick<ValueSet, 'files'>,
  more: string[] = [],
): Promise<Ended> {
  const values = files.flatMap((file) => ['--values', file]);
  return run(await goTool(goTools.helm), [...command, chartFolder, ...values, ...more]);
}

/** What a release with these values would make. Throws with Helm's words when it refuses. */
export async function render(
  values: ValueSet,
  more: string[] = [],
): Promise<{ text: string; manifests: Manifest[] }> {
  const { ok, stdout, output } = await helm(['template', 'lucency'], values, [
    '--namespace',
    'xray',
    ...more,
  ]);
  if (!ok) throw new Error(`the values "${values.name}" cannot be rendered: ${output}`);
  return { text: stdout, manifests: parseManifests(stdout) };
}
