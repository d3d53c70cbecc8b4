import { namespace } from '../platform/site.js';
import { kubectl } from './kubectl.js';

/** Runs a CronJob now, as the pages tell people to. @returns the seconds that it took. @throws when its Job fails */
export async function runNow(cronJob: string, job: string): Promise<number> {
  const begun = Date.now();
  await kubectl('--namespace', namespace, 'create', 'job', `--from=cronjob/${cronJob}`, job);
  const done = ['--for=condition=complete', '--timeout=5m'];
  try {
    await kubectl('--namespace', namespace, 'wait', `job/${job}`, ...done);
  } catch (error) {
    const told = await kubectl('--namespace', namespace, 'logs', `job/${job}`, '--all-containers');
    throw new Error(`${job}: ${error instanceof Error ? error.message : error}\n${told}`);
  }
  return (Date.now() - begun) / 1000;
}
