/** The process of a frame (ITU-T T.81, table B.1) that codes differences of samples, no blocks. */
export const lossless = 3;

export interface JpegComponent {
  id: number;
  /** Sampling factors. */
  across: number;
  down: number;
}

export interface JpegFrame {
  /** The low digit of its SOF marker: 0 and 1 sequential, 2 progressive, 3 lossless. */
  process: number;
  width: number;
  height: number;
  components: JpegComponent[];
}

export interface HuffmanSpec {
  /** Codes of each length from 1 to 16. */
  counts: Uint8Array;
  symbols: Uint8Array;
}

export interface JpegScan {
  components: (JpegComponent & { dc: HuffmanSpec | undefined; ac: HuffmanSpec | undefined })[];
  restartInterval: number;
  /** With stuffed bytes and restart markers, up to the next marker. */
  data: Uint8Array;
}
