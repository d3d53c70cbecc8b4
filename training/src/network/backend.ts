import { isNativeBuilt, nativeBuildCommand, startNativeBackend } from '@lucency/model/native';
import { startWasmBackend } from '@lucency/model/tfjs';

/** What training computes with: the GPU where that binding was built, else the CPU's, else WebAssembly. */
export type TrainingBackend = 'gpu' | 'cpu' | 'wasm';

export function trainingBackend(): TrainingBackend {
  if (isNativeBuilt('gpu')) return 'gpu';
  return isNativeBuilt('cpu') ? 'cpu' : 'wasm';
}

/** Throws, with what to type, when fine-tuning is asked for without the native engine. */
export async function startTrainingBackend(stage: 'head' | 'fine-tuning', threads: number): Promise<void> {
  const backend = trainingBackend();
  if (backend !== 'wasm') return startNativeBackend(backend, threads);
  if (stage === 'head') return startWasmBackend();
  throw new Error(
    `Fine-tuning needs TensorFlow's native engine. Run: ${nativeBuildCommand('cpu')}, then the same again with --resume: the trained head is kept.`,
  );
}
