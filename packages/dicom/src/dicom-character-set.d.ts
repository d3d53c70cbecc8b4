declare module 'dicom-character-set' {
  /** @throws for a character set that the standard does not know. */
  export function convertBytes(
    specificCharacterSet: string | undefined,
    bytes: Uint8Array,
    options: { vr: string },
  ): string;
}
