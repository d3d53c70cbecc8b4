import { goTool, run } from '@lucency/chart-tests/tools';
import { adminKubeconfig } from '../credentials/kubeconfig.js';
import { clusterTools } from '../programs/versions.js';

const environment = { ...process.env, KUBECONFIG: adminKubeconfig };

/** As the administrator. @returns what it printed. @throws with what it said when it fails */
export async function kubectl(...args: string[]): Promise<string> {
  return insist(await goTool(clusterTools.kubectl), args);
}

/** Applies objects given as YAML, or as values. */
export async function apply(objects: string | readonly object[], ...args: string[]): Promise<void> {
  const input =
    typeof objects === 'string'
      ? objects
      : JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
  await insist(
    await goTool(clusterTools.kubectl),
    ['apply', '--server-side', '--filename=-', ...args],
    input,
  );
}

/** Posts an object to a path of the API. @throws with the refusal */
export async function post(path: string, object: object): Promise<void> {
  const program = await goTool(clusterTools.kubectl);
  await insist(program, ['create', '--raw', path, '--filename=-'], JSON.stringify(object));
}

/** Helm as the administrator. @returns what it printed. @throws with what it said when it fails */
export async function helm(...args: string[]): Promise<string> {
  return insist(await goTool(clusterTools.helm), args);
}

async function insist(program: string, args: string[], input?: string): Promise<string> {
  const options = { env: environment, deadlineMs: 15 * 60_000, ...(input !== undefined && { input }) };
  const { ok, stdout, output } = await run(program, args, options);
  if (!ok) throw new Error(`${program.split('/').at(-1)} ${args.slice(0, 3).join(' ')}: ${output}`);
  return stdout;
}
