/** Bytes as 16-bit words of this machine, copied only where they do not lie on a word's border. */
export function words(bytes: Uint8Array): Uint16Array {
  // Not `bytes.slice()`: that of a Buffer does not copy.
  const aligned = bytes.byteOffset % 2 === 0 ? bytes : new Uint8Array(bytes);
  return new Uint16Array(aligned.buffer, aligned.byteOffset, aligned.byteLength >> 1);
}
