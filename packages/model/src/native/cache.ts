import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { versions } from './versions.js';

/** Which of TensorFlow's libraries the binding is linked with. */
export type NativeVariant = 'cpu' | 'gpu';

/**
 * Where `npm run native` puts a binding, for all clones: `$XDG_CACHE_HOME/lucency/native/<versions and platform>`.
 * The binding speaks Node-API, so the version of Node is no part of the name.
 */
export function nativeFolder(variant: NativeVariant, environment: NodeJS.ProcessEnv = process.env): string {
  const base = environment.XDG_CACHE_HOME || join(homedir(), '.cache');
  const name = `tfjs-${versions.binding}-tensorflow-${versions.tensorflow}-${variant}`;
  return join(base, 'lucency', 'native', `${name}-${process.platform}-${process.arch}`);
}

/** Folders are renamed into place when they are whole, so the binding's file says enough. */
export function isBuilt(folder: string): boolean {
  return existsSync(join(folder, bindingFile));
}

export function isNativeBuilt(variant: NativeVariant): boolean {
  return isBuilt(nativeFolder(variant));
}

/** Within the folder; the libraries are found from here as `../deps/tensorflow`. */
export const bindingFile = 'lib/tfjs_binding.node';

/** What to type where a binding is missing. */
export function buildCommand(variant: NativeVariant): string {
  return variant === 'gpu' ? 'npm run native -- --gpu' : 'npm run native';
}
