import type { Engine, EngineName, NativeDevice } from '@lucency/model/card';

export interface EngineOptions {
  name: EngineName;
  modelDir: string;
  /** Defaults to all cores but one. Ignored by tfjs-wasm. */
  threads?: number | undefined;
  /** What tfjs-node computes on. Ignored by the other engines. */
  device?: NativeDevice | undefined;
}

/** Loads the runtime of the named engine alone. */
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
