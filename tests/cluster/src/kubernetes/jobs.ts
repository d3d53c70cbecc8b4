import { kubectl } from './kubectl.js';
import { namespace } from './namespace.js';

/** Runs a CronJob now, as the pages tell people to. @returns how long that took, and its last word. @throws when its Job fails */
export async function runNow(cronJob: string, job: string): Promise<{ seconds: number; output: string }> {
  const begun = Date.now();
  await kubectl('--namespace', namespace, 'create', 'job', `--from=cronjob/${cronJob}`, job);
  const logs = () => kubectl('--namespace', namespace, 'logs', `job/${job}`, '--all-containers');
  const done = ['--for=condition=complete', '--timeout=5m'];
  await kubectl('--namespace', namespace, 'wait', `job/${job}`, ...done).catch(async (error: unknown) => {
    throw new Error(`${job}: ${error instanceof Error ? error.message : error}\n${await logs()}`);
  });
  const seconds = (Date.now() - begun) / 1000;
  return { seconds, output: (await logs()).trim().split('\n').at(-1) ?? '' };
}
