import { z } from 'zod';
import type { Manifest } from '../manifest.js';
import { run } from '../run.js';

const step = z.looseObject({
  name: z.string(),
  command: z.array(z.string()),
  env: z.array(z.looseObject({ name: z.string(), value: z.string().optional() })),
});
const cronJob = z.looseObject({
  jobTemplate: z.looseObject({
    spec: z.looseObject({
      template: z.looseObject({
        spec: z.looseObject({ initContainers: z.array(step).default([]), containers: z.array(step) }),
      }),
    }),
  }),
});

export interface Surroundings {
  cwd: string;
  /** Instead of what the pod would be given by its Secrets and volumes. */
  env: Record<string, string>;
}

/** Runs what the pod of a CronJob would run, container by container, on this machine. Throws when one fails. */
export async function runCronJob(
  manifests: readonly Manifest[],
  name: string,
  { cwd, env }: Surroundings,
): Promise<void> {
  const found = manifests.find(({ kind, metadata }) => kind === 'CronJob' && metadata.name === name);
  const pod = cronJob.parse(found?.spec).jobTemplate.spec.template.spec;
  for (const { name: step, command, env: given } of [...pod.initContainers, ...pod.containers]) {
    const [program = '', ...args] = command.map((part) => asKubernetesReads(part, env));
    // Only what the container is given, so that one which lacks a variable fails here too.
    const own = given.map(({ name: variable, value }) => [variable, env[variable] ?? value]);
    const ambient = ['PATH', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'].map((each) => [each, env[each]]);
    const { ok, output } = await run(program, args, { cwd, env: Object.fromEntries([...ambient, ...own]) });
    if (!ok) throw new Error(`${name}, step ${step}: ${output}`);
  }
}

/** `$(NAME)` of a variable that the container has is replaced by it, `$$` is a dollar, and anything else stays. */
function asKubernetesReads(part: string, env: Record<string, string>): string {
  return part.replace(/\$(\$|\(([^)]*)\))/g, (whole, kind: string, name: string) =>
    kind === '$' ? '$' : (env[name] ?? whole),
  );
}
