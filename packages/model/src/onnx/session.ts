import { InferenceSession } from 'onnxruntime-node';
import { bytesMultiplyExactly } from './processor.js';

/** `threads`: how many ONNX Runtime computes with. Its `run` blocks the calling thread. */
export function openSession(model: Uint8Array, threads: number): Promise<InferenceSession> {
  return InferenceSession.create(model, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
    extra: {
      session: {
        x64quantprecision: bytesMultiplyExactly() ? '0' : '1',
        // Threads that spin while idle starve the other sessions and the decoders beside this one.
        intra_op: { allow_spinning: '0' },
        inter_op: { allow_spinning: '0' },
      },
    },
  });
}
