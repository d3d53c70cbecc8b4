/** @returns whether Ctrl-C was pressed by now; a second one ends the process at once. */
export function watchInterruption(): () => boolean {
  let interrupted = false;
  process.once('SIGINT', () => {
    interrupted = true;
    process.stderr.write('\nstops after this step; press Ctrl-C again to stop at once\n');
  });
  return () => interrupted;
}
