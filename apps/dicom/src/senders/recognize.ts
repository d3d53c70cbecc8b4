import type { ApplicationEntity, SenderConfiguration } from './configuration.js';

export interface Caller {
  calledAeTitle: string;
  callingAeTitle: string;
  /** SHA-256 of the client's certificate; undefined where none was shown. */
  certificateFingerprint: string | undefined;
}

export type Recognition =
  | { ok: true; entity: ApplicationEntity }
  | { ok: false; unknown: 'called' | 'calling' };

/**
 * Finds whose images these will be. An entity that names the calling AE title goes before one that takes any. A wrong
 * certificate makes a caller unknown, whatever title it gives itself.
 */
export function recognize({ applicationEntities }: SenderConfiguration, caller: Caller): Recognition {
  const called = applicationEntities.filter(({ calledAeTitle }) => calledAeTitle === caller.calledAeTitle);
  if (called.length === 0) return { ok: false, unknown: 'called' };
  const entity =
    called.find(({ callingAeTitles }) => callingAeTitles?.includes(caller.callingAeTitle)) ??
    called.find(({ callingAeTitles }) => callingAeTitles === undefined);
  if (!entity || !showsItsCertificate(entity, caller)) return { ok: false, unknown: 'calling' };
  return { ok: true, entity };
}

function showsItsCertificate({ certificateFingerprints }: ApplicationEntity, caller: Caller): boolean {
  if (!certificateFingerprints) return true;
  return (
    caller.certificateFingerprint !== undefined &&
    certificateFingerprints.includes(caller.certificateFingerprint)
  );
}
