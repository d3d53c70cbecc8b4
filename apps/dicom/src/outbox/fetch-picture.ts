/** What the platform's address gives; enough for the longest that is stored. */
const timeoutSeconds = 60;

/** The platform stores none that is larger. */
const mostBytesEver = 50 * 1024 ** 2;

/**
 * Fetches what an address of the platform shows.
 * @param startBytes asks for the beginning alone: the header of an original is all that its documents need
 * @throws Error where it cannot be had
 */
export async function fetchPicture(url: string, startBytes?: number): Promise<Uint8Array> {
  const mostBytes = startBytes ?? mostBytesEver;
  const response = await fetch(url, {
    signal: AbortSignal.timeout(timeoutSeconds * 1000),
    ...(startBytes && { headers: { range: `bytes=0-${startBytes - 1}` } }),
  });
  if (!response.ok || !response.body) throw new Error(`the platform answered ${response.status}`);
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body) {
    parts.push(part);
    bytes += part.byteLength;
    if (bytes >= mostBytes) break;
  }
  return Buffer.concat(parts, Math.min(bytes, mostBytes));
}
