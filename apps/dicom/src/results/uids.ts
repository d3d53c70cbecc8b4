import { createHash } from 'node:crypto';

/** What is derived from a result, each with UIDs of its own. */
export type DerivedKind =
  | 'structured-report'
  | 'structured-report-series'
  | 'secondary-capture'
  | 'secondary-capture-series'
  | 'tracking'
  | 'device'
  | 'boundary'
  | 'diagnostic-report'
  | 'probability'
  | 'finding'
  | 'quality'
  | 'review';

/**
 * A UID that follows from what it is of (PS3.5, B.2): sending again makes the same instance, in whatever process and
 * whenever, so that an archive keeps one.
 */
export function derivedUid(kind: DerivedKind, ...of: readonly (string | number)[]): string {
  return `2.25.${BigInt(`0x${derivedUuid(kind, ...of).replaceAll('-', '')}`)}`;
}

/** A UUID of version 8 (RFC 9562), for what names itself by one. */
export function derivedUuid(kind: DerivedKind, ...of: readonly (string | number)[]): string {
  const hash = createHash('sha256')
    .update(JSON.stringify(['lucency', kind, ...of]))
    .digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x80, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const digits = hash.toString('hex', 0, 16);
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
