/** What a decoder hands over: bit patterns as they were stored, colours of a pixel side by side unless planar. */
export interface Decoded {
  samples: Uint8Array | Uint16Array;
  /** Bits of a sample that the compressed data carry. */
  bits: number;
  planar: boolean;
  /** The decoder has turned YBR into RGB. */
  isRgb: boolean;
}
