import { createRequire } from 'node:module';
import { join } from 'node:path';
import util from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { bindingFile } from './cache.js';

/** Where the package's JavaScript in the cache finds our TensorFlow.js. */
export const sharedTensorflow = 'lucency.tensorflow';

const backendName = 'tensorflow';

type NativeBackend = tf.KernelBackend & { readonly isUsingGpuDevice: boolean };
interface BackendModule {
  readonly NodeJSKernelBackend: new (binding: object, packageName: string) => NativeBackend;
}

/**
 * Makes TensorFlow.js in this thread compute with the binding in `folder`, and answers whether it does so on a
 * GPU. The package's own entry is passed by: it wants node-pre-gyp and the libraries it would have downloaded.
 */
export async function loadNative(folder: string): Promise<{ onGpu: boolean }> {
  bringBackUtil();
  tf.enableProdMode();
  const load = createRequire(join(folder, 'package.json'));
  Object.assign(globalThis, {
    [Symbol.for(sharedTensorflow)]: createRequire(import.meta.url)('@tensorflow/tfjs'),
  });
  const { NodeJSKernelBackend }: BackendModule = load('./dist/nodejs_kernel_backend.js');
  load('./dist/register_all_kernels.js');
  const backend = new NodeJSKernelBackend(load(`./${bindingFile}`), '@tensorflow/tfjs-node-gpu');
  tf.registerBackend(backendName, () => backend);
  if (!(await tf.setBackend(backendName))) throw new Error('TensorFlow.js did not take the native backend');
  await tf.ready();
  return { onGpu: backend.isUsingGpuDevice };
}

/** Node 23 took these two away, and the package still calls them. */
function bringBackUtil(): void {
  const old: { isNullOrUndefined?: unknown; isArray?: unknown } = util;
  old.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  old.isArray ??= Array.isArray;
}
