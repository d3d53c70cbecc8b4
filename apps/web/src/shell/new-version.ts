const place = 'lucency-loaded-anew';
/** A page that breaks again so soon was not helped by loading it anew. */
const onceInMs = 60_000;

/** Whether an error says that a part of this page is gone, as after a new version was rolled out. */
export function isPartMissing(error: Error): boolean {
  return (
    error.name === 'ChunkLoadError' || /loading (css )?chunk|dynamically imported module/i.test(error.message)
  );
}

/** True once a minute at most, kept in this tab, so that a page never loads itself for ever. */
export function mayLoadAnew(now: number = Date.now()): boolean {
  const before = Number(sessionStorage.getItem(place));
  if (now - before < onceInMs) return false;
  sessionStorage.setItem(place, String(now));
  return true;
}
