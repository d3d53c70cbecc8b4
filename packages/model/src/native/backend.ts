import { availableParallelism } from 'node:os';
import type { NativeDevice } from '../card/engine.js';
import { buildCommand, isBuilt, nativeFolder } from './cache.js';
import { loadNative } from './load.js';

/** The folder of the binding for a device. Throws with what to type when it was not built. */
export function requireNative(device: NativeDevice): string {
  const folder = nativeFolder(device);
  if (isBuilt(folder)) return folder;
  const other = device === 'gpu' ? ' To compute on the CPU, say so: ENGINE_DEVICE=cpu.' : '';
  throw new Error(
    `TensorFlow's native binding for the ${device.toUpperCase()} was not built. Run: ${buildCommand(device)}.${other}`,
  );
}

let started: Promise<void> | undefined;
let startedOn: NativeDevice | undefined;

/**
 * Makes TensorFlow.js in this thread compute natively on the device. Its calls block the thread. Safe to call
 * again for the same device. Throws when the binding was not built, or sees no GPU where one was asked for.
 */
export function startNativeBackend(device: NativeDevice, threads?: number): Promise<void> {
  if (startedOn && startedOn !== device)
    return Promise.reject(new Error(`TensorFlow computes on the ${startedOn} in this thread already`));
  startedOn = device;
  started ??= start(device, threads);
  return started;
}

async function start(device: NativeDevice, threads: number | undefined): Promise<void> {
  const folder = requireNative(device);
  limitThreads(threads);
  const { onGpu } = await loadNative(folder);
  if (device === 'gpu' && !onGpu)
    throw new Error(
      'TensorFlow sees no GPU: look for one with `nvidia-smi`, the driver may be missing. To compute on the CPU, say so: ENGINE_DEVICE=cpu',
    );
}

/**
 * TensorFlow reads these from the process when it first computes, so the first caller decides for all threads.
 * All cores but one unless told.
 */
export function limitThreads(threads = Math.max(1, availableParallelism() - 1)): void {
  process.env.TF_NUM_INTRAOP_THREADS ??= String(threads);
  // Its greetings; errors are still said.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
}
