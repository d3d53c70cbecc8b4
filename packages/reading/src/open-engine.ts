import type { Engine, EngineName, NativeDevice } from '@lucency/model/card';

export interface EngineOptions {
  name: EngineName;
  modelDir: string;
  /** All cores but one unless told; of no meaning to tfjs-wasm. */
  threads?: number | undefined;
  /** What tfjs-node computes on: a GPU unless the CPU is named. Of no meaning to the others. */
  device?: NativeDevice | undefined;
}

/** Loads only the runtime that is asked for. */
export async function openEngine({
  name,
  modelDir,
  threads,
  device = 'gpu',
}: EngineOptions): Promise<Engine> {
  switch (name) {
    case 'onnx-int8':
    case 'onnx-fp32': {
      const { createOnnxEngine } = await import('@lucency/model/onnx');
      const precision = name === 'onnx-int8' ? 'int8' : 'fp32';
      return createOnnxEngine(threads ? { modelDir, precision, threads } : { modelDir, precision });
    }
    case 'tfjs-wasm': {
      const { createTfjsEngine } = await import('@lucency/model/tfjs');
      return createTfjsEngine({ modelDir });
    }
    case 'tfjs-node': {
      const { createNativeEngine } = await import('@lucency/model/native');
      return createNativeEngine({ modelDir, device, threads });
    }
  }
}
