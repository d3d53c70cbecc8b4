import { run } from '@lucency/chart-tests/tools';

/** No container runtime is at work during a build, and its steps use the machine's network. */
const environment = { ...process.env, BUILDAH_ISOLATION: 'chroot' };
const buildDeadlineMs = 60 * 60_000;

/** Label that says from what an image was built, so that it is built again only when that changed. */
const inputsLabel = 'lucency.cluster.inputs';

export interface Build {
  image: string;
  dockerfile: string;
  context: string;
  args?: Record<string, string>;
  /** Whatever decides what the image holds, in one text. */
  inputs: string;
}

export async function build({ image, dockerfile, context, args = {}, inputs }: Build): Promise<void> {
  const settings = Object.entries(args).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
  const label = ['--label', `${inputsLabel}=${inputs}`];
  await buildah('build', '--quiet', '--file', dockerfile, '--tag', image, ...settings, ...label, context);
}

/** @returns what the image was built from, or nothing when it is not there. */
export async function builtFrom(image: string): Promise<string | undefined> {
  return label(image, inputsLabel);
}

export async function label(image: string, name: string): Promise<string | undefined> {
  const format = `{{index .OCIv1.Config.Labels ${JSON.stringify(name)}}}`;
  const { ok, stdout } = await run('buildah', ['inspect', '--type', 'image', '--format', format, image]);
  return ok ? stdout.trim() : undefined;
}

export async function imageId(image: string): Promise<string> {
  return (await buildah('inspect', '--type', 'image', '--format', '{{.FromImageID}}', image)).trim();
}

export async function buildah(...args: string[]): Promise<string> {
  const { ok, stdout, output } = await run('buildah', args, {
    env: environment,
    deadlineMs: buildDeadlineMs,
  });
  if (!ok) throw new Error(`buildah ${args[0]} failed: ${output.split('\n').slice(-8).join('\n')}`);
  return stdout;
}
