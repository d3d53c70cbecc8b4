import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NativeVariant } from './cache.js';
import { type Command, output, type Surroundings } from './commands.js';
import { type NpmTarball, versions, wheels } from './versions.js';

/** Unpacks a package into a folder as it was published; nothing of it runs. */
export async function unpackNpm(
  tarball: NpmTarball,
  into: string,
  surroundings: Surroundings,
): Promise<void> {
  const printed = await output(['npm', 'pack', '--silent', '--ignore-scripts', tarball.spec], surroundings);
  const file = join(surroundings.cwd, printed.trim().split('\n').at(-1) ?? '');
  const sum = `sha512-${createHash('sha512')
    .update(await readFile(file))
    .digest('base64')}`;
  if (sum !== tarball.integrity)
    throw new Error(`${tarball.spec} came as ${sum}, and ${tarball.integrity} was expected`);
  await mkdir(into, { recursive: true });
  await output(['tar', '-xzf', file, '-C', into, '--strip-components=1'], surroundings);
  await rm(file);
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
