import type { RefusalCode } from '@lucency/contracts';

/** A step that may refuse the image for a reason the user can act on. */
export type Prepared<Value> = { ok: true; value: Value } | { ok: false; reason: RefusalCode };

export function refuse(reason: RefusalCode): { ok: false; reason: RefusalCode } {
  return { ok: false, reason };
}
