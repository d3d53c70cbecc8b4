import { type EngineName, engineNames, type NativeDevice, nativeDevices } from '@lucency/model/card';
import { UsageError } from './usage.js';

/** @throws UsageError for a name that is no engine's. */
export function engineOption(name: string | undefined): EngineName {
  const engine = engineNames.find((known) => known === (name ?? 'onnx-int8'));
  if (!engine) throw new UsageError(`There is no engine ${name}; choose one of ${engineNames.join(', ')}.`);
  return engine;
}

/** ENGINE_DEVICE: a GPU unless told. @throws UsageError for anything that is no device. */
export function engineDevice(name: string | undefined): NativeDevice {
  const device = nativeDevices.find((known) => known === (name || 'gpu'));
  if (!device) throw new UsageError(`ENGINE_DEVICE is ${name}; it may be ${nativeDevices.join(' or ')}.`);
  return device;
}
