import { SendingRefused } from './put-file';

/** SHA-256 of the whole file in lower-case hex. */
export async function sha256Of(file: File): Promise<string> {
  const bytes = await file.arrayBuffer().catch(() => {
    throw new SendingRefused('This file can no longer be read. Remove it here and choose it again.');
  });
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
