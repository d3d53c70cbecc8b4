import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NativeVariant } from './cache.js';
import { type Command, output, type Surroundings } from './commands.js';
import { versions, wheels } from './versions.js';

/** Manifest and lock file of what npm has for the binding: apart from the workspaces, which never install it. */
const manifests = fileURLToPath(new URL('../../native', import.meta.url));

/**
 * The sources of the binding and the headers of Node-API, in `folder` as the lock file says; nothing of them runs. What else
 * npm brings along, for the install that the binding would have, does not stay.
 */
export async function fetchBinding(folder: string, { environment }: Pick<Surroundings, 'environment'>) {
  const cwd = join(folder, 'npm');
  await mkdir(cwd);
  for (const file of ['package.json', 'package-lock.json']) {
    await copyFile(join(manifests, file), join(cwd, file));
  }
  await output(['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd, environment });
  const packages = join(cwd, 'node_modules');
  const binding = join(packages, '@tensorflow/tfjs-node-gpu');
  for (const entry of await readdir(binding)) await rename(join(binding, entry), join(folder, entry));
  await mkdir(join(folder, 'node_modules'), { recursive: true });
  await rename(join(packages, 'google-protobuf'), join(folder, 'node_modules/google-protobuf'));
  await rename(join(packages, 'node-api-headers'), join(folder, 'node-api'));
  await rm(cwd, { recursive: true });
}

/** TensorFlow's wheel in `folder`, laid out as in Python's site-packages. */
export async function fetchTensorflow(
  pip: Command,
  variant: NativeVariant,
  folder: string,
  surroundings: Surroundings,
): Promise<void> {
  const { name, sum } = wheels[variant];
  const list = join(surroundings.cwd, 'requirements.txt');
  await writeFile(list, `${name}==${versions.tensorflow} --hash=sha256:${sum}\n`);
  await installWheels(pip, ['--require-hashes', '-r', list], folder, surroundings);
}

/** The CUDA libraries that TensorFlow's wheel asks for, beside it, where its own search path looks: `nvidia/`. */
export async function fetchCuda(pip: Command, folder: string, surroundings: Surroundings): Promise<void> {
  const metadata = join(folder, `tensorflow-${versions.tensorflow}.dist-info`, 'METADATA');
  const wanted = (await readFile(metadata, 'utf8')).matchAll(
    /^Requires-Dist: (nvidia-[^;]+); extra == "and-cuda"/gm,
  );
  await installWheels(
    pip,
    [...wanted].map(([, requirement = '']) => requirement.trim()),
    folder,
    surroundings,
  );
}

/**
 * Wheels are chosen for this platform and one version of Python, not for the pip that fetches them: of TensorFlow
 * only the C libraries are used, so any pip will do. Nothing of a wheel runs, and no dependency comes with it.
 */
async function installWheels(
  pip: Command,
  requirements: readonly string[],
  folder: string,
  { cwd, environment }: Surroundings,
): Promise<void> {
  // From the C library of Debian 10 or Ubuntu 18.04 downwards.
  const tags = Array.from({ length: 23 }, (_, index) => `manylinux_2_${27 - index}_x86_64`);
  const platforms = [...tags, 'manylinux2014_x86_64', 'manylinux2010_x86_64', 'manylinux1_x86_64'];
  await output(
    [
      ...pip,
      'install',
      ...['--quiet', '--no-deps', '--no-compile', '--no-cache-dir', '--only-binary=:all:'],
      ...['--implementation', 'cp', '--python-version', '3.12', '--abi', 'cp312', '--abi', 'none'],
      ...platforms.flatMap((platform) => ['--platform', platform]),
      ...['--target', folder, '--upgrade', ...requirements],
    ],
    { cwd, environment: { ...environment, PIP_USER: '0', PIP_DISABLE_PIP_VERSION_CHECK: '1' } },
  );
}

/** Leaves the libraries and, while compiling, the headers: nine tenths of the files are Python. */
export async function dropPython(folder: string): Promise<void> {
  await keepOnly(folder, /^(tensorflow|nvidia)$/);
  await keepOnly(join(folder, 'tensorflow'), /^(include|libtensorflow_(cc|framework)\.so\.2)$/);
}

export async function keepOnly(folder: string, names: RegExp): Promise<void> {
  for (const entry of await readdir(folder))
    if (!names.test(entry)) await rm(join(folder, entry), { recursive: true });
}
