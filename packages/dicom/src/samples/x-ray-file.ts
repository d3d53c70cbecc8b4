import type { Shades } from './encode-frame.js';
import { dicomFile, type ElementToWrite, fragments, withElements } from './write-dicom.js';

/** A frame that is compressed already. */
export interface CompressedFrame {
  width: number;
  height: number;
  bits: number;
  bitsAllocated: 8 | 16;
  frame: Uint8Array;
}

export interface XRayFileOptions {
  syntax?: string;
  photometric?: 'MONOCHROME1' | 'MONOCHROME2';
  /** Written over or beside the usual elements. */
  elements?: readonly ElementToWrite[];
}

/** A drawn digital X-ray for presentation, with what every such file says, and of nobody. */
export function xRayFile(
  pixels: Shades | CompressedFrame,
  { syntax, photometric = 'MONOCHROME2', elements = [] }: XRayFileOptions = {},
): Buffer {
  const { width, height, bits } = pixels;
  const full = 2 ** bits - 1;
  const usual: ElementToWrite[] = [
    { tag: 0x00080005, vr: 'CS', value: 'ISO_IR 192' },
    { tag: 0x00080008, vr: 'CS', value: 'ORIGINAL\\PRIMARY' },
    { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.1.1' },
    { tag: 0x00080018, vr: 'UI', value: '2.25.4' },
    { tag: 0x00080060, vr: 'CS', value: 'DX' },
    { tag: 0x00080068, vr: 'CS', value: 'FOR PRESENTATION' },
    { tag: 0x00180015, vr: 'CS', value: 'CHEST' },
    { tag: 0x00185101, vr: 'CS', value: 'PA' },
    { tag: 0x0020000d, vr: 'UI', value: '2.25.2' },
    { tag: 0x0020000e, vr: 'UI', value: '2.25.3' },
    { tag: 0x00280002, vr: 'US', value: [1] },
    { tag: 0x00280004, vr: 'CS', value: photometric },
    { tag: 0x00280010, vr: 'US', value: [height] },
    { tag: 0x00280011, vr: 'US', value: [width] },
    { tag: 0x00280100, vr: 'US', value: ['frame' in pixels ? pixels.bitsAllocated : 16] },
    { tag: 0x00280101, vr: 'US', value: [bits] },
    { tag: 0x00280102, vr: 'US', value: [bits - 1] },
    { tag: 0x00280103, vr: 'US', value: [0] },
    { tag: 0x00281050, vr: 'DS', value: String((full + 1) / 2) },
    { tag: 0x00281051, vr: 'DS', value: String(full + 1) },
    'frame' in pixels
      ? { tag: 0x7fe00010, vr: 'OB', value: fragments([pixels.frame]), undefinedLength: true }
      : { tag: 0x7fe00010, vr: 'OW', value: Array.from(pixels.values) },
  ];
  return dicomFile(withElements(usual, elements), syntax);
}
