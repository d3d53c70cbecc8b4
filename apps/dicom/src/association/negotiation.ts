import type { PresentationContext } from './library.js';

/** Results of a presentation context (PS3.8, 9.3.3.2). */
export const contextResults = { accepted: 0, unknownAbstractSyntax: 3, unknownTransferSyntaxes: 4 };

export const verification = '1.2.840.10008.1.1';

/** What is taken in, by SOP class (PS3.4, B.5). */
export const storageClasses: ReadonlyMap<string, string> = new Map([
  ['1.2.840.10008.5.1.4.1.1.1', 'Computed Radiography Image Storage'],
  ['1.2.840.10008.5.1.4.1.1.1.1', 'Digital X-Ray Image Storage - For Presentation'],
  ['1.2.840.10008.5.1.4.1.1.1.1.1', 'Digital X-Ray Image Storage - For Processing'],
  ['1.2.840.10008.5.1.4.1.1.7', 'Secondary Capture Image Storage'],
  ['1.2.840.10008.5.1.4.1.1.7.2', 'Multi-frame Grayscale Byte Secondary Capture Image Storage'],
  ['1.2.840.10008.5.1.4.1.1.7.3', 'Multi-frame Grayscale Word Secondary Capture Image Storage'],
  ['1.2.840.10008.5.1.4.1.1.7.4', 'Multi-frame True Color Secondary Capture Image Storage'],
  ['1.2.840.10008.5.1.4.1.1.77.1.4', 'VL Photographic Image Storage'],
]);

/**
 * Transfer syntaxes that are taken in as they are sent. Deflated is left out: its inflated size is known to nobody
 * before it fills the memory.
 */
export const transferSyntaxes: ReadonlyMap<string, string> = new Map([
  ['1.2.840.10008.1.2', 'Implicit VR Little Endian'],
  ['1.2.840.10008.1.2.1', 'Explicit VR Little Endian'],
  ['1.2.840.10008.1.2.2', 'Explicit VR Big Endian'],
  ['1.2.840.10008.1.2.4.50', 'JPEG Baseline (Process 1)'],
  ['1.2.840.10008.1.2.4.51', 'JPEG Extended (Process 2 and 4)'],
  ['1.2.840.10008.1.2.4.57', 'JPEG Lossless (Process 14)'],
  ['1.2.840.10008.1.2.4.70', 'JPEG Lossless (Process 14, Selection Value 1)'],
  ['1.2.840.10008.1.2.4.80', 'JPEG-LS Lossless'],
  ['1.2.840.10008.1.2.4.81', 'JPEG-LS Near-Lossless'],
  ['1.2.840.10008.1.2.4.90', 'JPEG 2000 (Lossless Only)'],
  ['1.2.840.10008.1.2.4.91', 'JPEG 2000'],
  ['1.2.840.10008.1.2.4.201', 'HTJ2K (Lossless Only)'],
  ['1.2.840.10008.1.2.4.202', 'HTJ2K with RPCL Options (Lossless Only)'],
  ['1.2.840.10008.1.2.4.203', 'HTJ2K'],
  ['1.2.840.10008.1.2.5', 'RLE Lossless'],
]);

/** Commands of Verification carry no data set, so that any uncompressed syntax will do. */
const uncompressed = new Set(['1.2.840.10008.1.2', '1.2.840.10008.1.2.1', '1.2.840.10008.1.2.2']);

/**
 * Answers one proposed presentation context: the first of its syntaxes that is known is accepted, once. Setting a
 * result for each syntax in turn, as the library's own example does, lets a later unknown one undo the acceptance.
 */
export function negotiate(context: PresentationContext): void {
  const abstractSyntax = context.getAbstractSyntaxUid();
  const known =
    abstractSyntax === verification
      ? uncompressed
      : storageClasses.has(abstractSyntax)
        ? transferSyntaxes
        : null;
  if (!known) {
    context.setResult(contextResults.unknownAbstractSyntax);
    return;
  }
  const accepted = context.getTransferSyntaxUids().find((syntax) => known.has(syntax));
  if (accepted === undefined) {
    context.setResult(contextResults.unknownTransferSyntaxes);
  } else {
    context.setResult(contextResults.accepted, accepted);
  }
}
