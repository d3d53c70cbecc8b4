/** @returns the parsed JSON, or null when it is none; schemas then refuse it. */
export function parseJson(data: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(data).toString('utf8'));
  } catch {
    return null;
  }
}
