/**
 * Calls `lost` when the process that forked this one is gone, however it went: the operating system closes
 * the channel between them. Does nothing in a process that has no such channel, as in a container.
 */
export function orphanWatch(lost: () => void): void {
  if (!process.channel) return;
  process.once('disconnect', lost);
  // The channel must not keep a finished service alive.
  process.channel.unref();
}
