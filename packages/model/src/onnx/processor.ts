import { readFileSync } from 'node:fs';
import { arch, platform } from 'node:os';

/**
 * Whether this processor multiplies unsigned by signed bytes without overflow: x64 with VNNI, or ARM. Others sum
 * pairs in 16 bits, which saturates, and need `session.x64quantprecision`. ONNX Runtime 1.30 obeys that option
 * with VNNI too, where it costs a factor of 2.5 and gains nothing, so it is asked for only where it is needed;
 * where the processor does not say, it is.
 */
export function bytesMultiplyExactly(): boolean {
  if (arch() === 'arm64') return true;
  if (platform() !== 'linux') return false;
  try {
    return /\b(avx512_vnni|avx_vnni)\b/.test(readFileSync('/proc/cpuinfo', 'utf8'));
  } catch {
    return false;
  }
}
