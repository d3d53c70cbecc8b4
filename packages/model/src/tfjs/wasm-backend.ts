import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';

let started: Promise<void> | undefined;

/** Makes TensorFlow.js compute in WebAssembly (SIMD), from files of the installed package. Safe to call again. */
export function startWasmBackend(): Promise<void> {
  started ??= start();
  return started;
}

async function start(): Promise<void> {
  tf.enableProdMode();
  const files = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
  setWasmPaths(`${files}/`);
  if (!(await tf.setBackend('wasm'))) throw new Error('TensorFlow.js found no WebAssembly backend');
  await tf.ready();
}
