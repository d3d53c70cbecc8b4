import { InvalidBlobKey } from './errors.js';

/** Both file systems (255 a name) and S3 (1,024 a key) take what fits here. */
const longestKey = 512;
const segment = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/;

/**
 * Keys are segments of plain letters, digits, dot, dash and underscore joined by `/`. None may begin with a
 * dot, which leaves no way up and out of the store, and none differs only by how it is escaped.
 */
export function checkKey(key: string): string {
  if (key.length > longestKey || !key.split('/').every((part) => segment.test(part))) {
    throw new InvalidBlobKey(key);
  }
  return key;
}

/** The beginning of a key: empty, or segments of which the last may be empty or cut anywhere. */
export function checkPrefix(prefix: string): string {
  const parts = prefix.split('/');
  const last = parts.pop();
  if (parts.length > 0) checkKey(parts.join('/'));
  if (last) checkKey(last);
  return prefix;
}
