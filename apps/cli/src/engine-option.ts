import { type EngineName, engineNames } from '@lucency/model/card';
import { UsageError } from './usage.js';

/** @throws UsageError for a name that is no engine's. */
export function engineOption(name: string | undefined): EngineName {
  const engine = engineNames.find((known) => known === (name ?? 'onnx-int8'));
  if (!engine) throw new UsageError(`There is no engine ${name}; choose one of ${engineNames.join(', ')}.`);
  return engine;
}
