import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bindingFile, isBuilt, type NativeVariant, nativeFolder } from './cache.js';
import { output, type Surroundings } from './commands.js';
import { dropPython, fetchBinding, fetchCuda, fetchTensorflow, keepOnly } from './fetch.js';
import { sharedTensorflow } from './load.js';
import { withLock } from './lock.js';
import { requireSpace, requireTools, type Tools } from './requirements.js';

export interface BuildOptions {
  readonly variant: NativeVariant;
  readonly environment?: NodeJS.ProcessEnv;
  /** Shows a step while it runs. */
  readonly step: <T>(what: string, work: () => Promise<T>) => Promise<T>;
}

/**
 * Makes the binding of @tensorflow/tfjs-node-gpu against TensorFlow's own libraries, unless it is there. Answers
 * its folder and whether anything was done. Others who want it meanwhile wait for the first; the folder appears
 * whole or not at all. Throws CannotBuildError before anything is fetched.
 */
export async function buildNative(options: BuildOptions): Promise<{ folder: string; built: boolean }> {
  const { variant, step, environment = process.env } = options;
  const folder = nativeFolder(variant, environment);
  if (isBuilt(folder)) return { folder, built: false };
  const tools = await requireTools(environment);
  const above = dirname(folder);
  await mkdir(above, { recursive: true });
  return withLock(
    folder,
    async () => {
      if (isBuilt(folder)) return { folder, built: false };
      await removeLeftovers(folder);
      await requireSpace(above, variant);
      const scratch = await mkdtemp(`${folder}.`);
      try {
        await make(scratch, variant, tools, { cwd: scratch, environment }, step);
        await rename(scratch, folder);
      } finally {
        await rm(scratch, { recursive: true, force: true });
      }
      return { folder, built: true };
    },
    () => console.error('Another build of the same is running; waiting for it.'),
  );
}

async function make(
  folder: string,
  variant: NativeVariant,
  { pip }: Tools,
  surroundings: Surroundings,
  step: BuildOptions['step'],
): Promise<void> {
  const deps = join(folder, 'deps');
  await step('fetching the sources of the binding', async () => {
    await fetchBinding(folder, surroundings);
    await writeTensorflowJs(folder);
  });
  const size = variant === 'gpu' ? '600 MB' : '274 MB';
  await step(`fetching TensorFlow's libraries (${size})`, () =>
    fetchTensorflow(pip, variant, deps, surroundings),
  );
  if (variant === 'gpu')
    await step("fetching NVIDIA's libraries (3 GB)", () => fetchCuda(pip, deps, surroundings));
  await step('dropping what is not needed', async () => {
    await dropPython(deps);
    const names = ['cc', 'framework'].map((name) => `deps/tensorflow/libtensorflow_${name}.so.2`);
    await output(['strip', '--strip-unneeded', ...names], surroundings);
  });
  await step('compiling the binding', () => compile(folder, surroundings));
  await step('trying it', () =>
    output([process.execPath, fileURLToPath(new URL('./try-out.js', import.meta.url)), folder], surroundings),
  );
  await rm(join(deps, 'tensorflow/include'), { recursive: true });
  await keepOnly(folder, /^(deps|dist|lib|node_modules|package\.json)$/);
  // Built for root alone otherwise: mkdtemp's folder and some files of the archives are private.
  await output(['chmod', '-R', 'a+rX', '.'], surroundings);
}

async function compile(folder: string, surroundings: Surroundings): Promise<void> {
  await mkdir(dirname(join(folder, bindingFile)), { recursive: true });
  await output(
    [
      'g++',
      ...['-std=c++17', '-O2', '-fPIC', '-shared', '-DNAPI_VERSION=8', '-DBUILDING_NODE_EXTENSION'],
      ...['-I', 'deps/tensorflow/include', '-I', 'node-api/include'],
      ...['binding/tfjs_backend.cc', 'binding/tfjs_binding.cc', '-o', bindingFile],
      ...['-Ldeps/tensorflow', '-l:libtensorflow_cc.so.2', '-l:libtensorflow_framework.so.2'],
      // Never unloaded: TensorFlow's own threads outlive the worker thread that loaded it.
      '-Wl,-z,nodelete,-rpath,$ORIGIN/../deps/tensorflow',
    ],
    surroundings,
  );
}

/** The package asks for TensorFlow.js by name; it gets the one that loads it, wherever that was installed. */
async function writeTensorflowJs(folder: string): Promise<void> {
  for (const name of ['tfjs', 'tfjs-core']) {
    const place = join(folder, 'node_modules/@tensorflow', name);
    await mkdir(place, { recursive: true });
    await writeFile(
      join(place, 'index.js'),
      `module.exports = globalThis[Symbol.for('${sharedTensorflow}')];\n`,
    );
  }
}

/** What a killed build left; its lock is ours now. */
async function removeLeftovers(folder: string): Promise<void> {
  for (const entry of await readdir(dirname(folder)))
    if (entry.startsWith(`${basename(folder)}.`))
      await rm(join(dirname(folder), entry), { recursive: true, force: true });
}
