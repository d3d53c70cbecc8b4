import { Dataset } from '../association/library.js';
import { fileHead } from '../reception/file-meta.js';
import type { Elements } from './elements.js';

/** Every archive takes it. */
export const explicitLittleEndian = '1.2.840.10008.1.2.1';

/** Values of the original that are longer than PS3.5 allows are repeated as they are there. */
export const writeOptions = { fragmentMultiframe: false, allowInvalidVRLength: true };

/** An instance that is made here, ready to travel. */
export interface DerivedObject {
  sopClassUid: string;
  sopInstanceUid: string;
  studyInstanceUid: string;
  transferSyntaxUid: typeof explicitLittleEndian;
  /** By keyword: some archives want another encoding. */
  elements: Elements;
  /** As PS3.10 has it. */
  file: Buffer;
}

/**
 * Encodes elements with dcmjs. The writer of `@lucency/dicom/samples` writes what tests want to be wrong or rare and knows
 * neither keywords nor character sets: it stays apart.
 */
export function encodeObject(
  identity: { sopClassUid: string; sopInstanceUid: string; studyInstanceUid: string },
  elements: Elements,
): DerivedObject {
  const { sopClassUid, sopInstanceUid } = identity;
  const all = { ...elements, SOPClassUID: sopClassUid, SOPInstanceUID: sopInstanceUid };
  const dataSet = new Dataset(all, explicitLittleEndian).getDenaturalizedDataset(writeOptions);
  const file = Buffer.concat([
    fileHead({ sopClassUid, sopInstanceUid, transferSyntaxUid: explicitLittleEndian }),
    dataSet,
  ]);
  return { ...identity, transferSyntaxUid: explicitLittleEndian, elements: all, file };
}
