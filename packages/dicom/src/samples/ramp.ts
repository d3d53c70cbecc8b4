import { readFileSync } from 'node:fs';
import { dicomFile, type ElementToWrite, fragments, withElements } from './write-dicom.js';

/** A drawn ramp of 12 bits, whose every pixel is known. */
export const ramp = { width: 40, height: 32, bits: 12 } as const;

export function rampValue(x: number, y: number): number {
  return 3 * (y * ramp.width + x) + ((x * y) % 13);
}

export const rampValues: readonly number[] = Array.from({ length: ramp.width * ramp.height }, (_, at) =>
  rampValue(at % ramp.width, Math.floor(at / ramp.width)),
);

/** The ramp as other implementations compressed it, by the name of the encoding (DCMTK 3.6.7, pydicom 3, OpenJPH 0.21). */
export const compressedRamps: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL('../../src/samples/compressed-frames.json', import.meta.url), 'utf8'),
);

export interface RampOptions {
  syntax?: string;
  photometric?: string;
  signed?: boolean;
  bitsAllocated?: number;
  bitsStored?: number;
  highBit?: number;
  /** Written over or beside the usual elements. */
  elements?: readonly ElementToWrite[];
  pixelData?: Uint8Array;
  frame?: Uint8Array;
}

/** A file of the ramp with the image pixel module around it. */
export function rampFile({
  syntax,
  photometric = 'MONOCHROME2',
  signed = false,
  bitsAllocated = 16,
  bitsStored = ramp.bits,
  highBit = bitsStored - 1,
  elements = [],
  pixelData,
  frame,
}: RampOptions = {}): Buffer {
  const usual: ElementToWrite[] = [
    { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.1.1' },
    { tag: 0x00080018, vr: 'UI', value: '2.25.4' },
    { tag: 0x0020000d, vr: 'UI', value: '2.25.2' },
    { tag: 0x00280002, vr: 'US', value: [1] },
    { tag: 0x00280004, vr: 'CS', value: photometric },
    { tag: 0x00280010, vr: 'US', value: [ramp.height] },
    { tag: 0x00280011, vr: 'US', value: [ramp.width] },
    { tag: 0x00280100, vr: 'US', value: [bitsAllocated] },
    { tag: 0x00280101, vr: 'US', value: [bitsStored] },
    { tag: 0x00280102, vr: 'US', value: [highBit] },
    { tag: 0x00280103, vr: 'US', value: [Number(signed)] },
    frame
      ? { tag: 0x7fe00010, vr: 'OB', value: fragments([frame]), undefinedLength: true }
      : {
          tag: 0x7fe00010,
          vr: 'OW',
          value: pixelData ?? rampValues.map((value) => value - (signed ? 2048 : 0)),
        },
  ];
  return dicomFile(withElements(usual, elements), syntax);
}
