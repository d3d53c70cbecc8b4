import type { Encoding } from './element.js';

export type Compression = 'NONE' | 'RLE' | 'JPEG' | 'JPEG_LOSSLESS' | 'JPEG_LS' | 'JPEG_2000' | 'HTJ2K';

export interface TransferSyntax {
  uid: string;
  name: string;
  encoding: Encoding;
  compression: Compression;
  deflated: boolean;
}

const explicitLittle: Encoding = { explicit: true, littleEndian: true };

function compressed(uid: string, name: string, compression: Compression): TransferSyntax {
  return { uid, name, encoding: explicitLittle, compression, deflated: false };
}

/** The transfer syntaxes that are read (PS3.6, table A-1). */
const syntaxes: readonly TransferSyntax[] = [
  {
    uid: '1.2.840.10008.1.2',
    name: 'Implicit VR Little Endian',
    encoding: { explicit: false, littleEndian: true },
    compression: 'NONE',
    deflated: false,
  },
  compressed('1.2.840.10008.1.2.1', 'Explicit VR Little Endian', 'NONE'),
  {
    uid: '1.2.840.10008.1.2.1.99',
    name: 'Deflated Explicit VR Little Endian',
    encoding: explicitLittle,
    compression: 'NONE',
    deflated: true,
  },
  {
    uid: '1.2.840.10008.1.2.2',
    name: 'Explicit VR Big Endian',
    encoding: { explicit: true, littleEndian: false },
    compression: 'NONE',
    deflated: false,
  },
  compressed('1.2.840.10008.1.2.4.50', 'JPEG Baseline (Process 1)', 'JPEG'),
  compressed('1.2.840.10008.1.2.4.51', 'JPEG Extended (Process 2 and 4)', 'JPEG'),
  compressed('1.2.840.10008.1.2.4.57', 'JPEG Lossless (Process 14)', 'JPEG_LOSSLESS'),
  compressed('1.2.840.10008.1.2.4.70', 'JPEG Lossless (Process 14, Selection Value 1)', 'JPEG_LOSSLESS'),
  compressed('1.2.840.10008.1.2.4.80', 'JPEG-LS Lossless', 'JPEG_LS'),
  compressed('1.2.840.10008.1.2.4.81', 'JPEG-LS Near-Lossless', 'JPEG_LS'),
  compressed('1.2.840.10008.1.2.4.90', 'JPEG 2000 Lossless', 'JPEG_2000'),
  compressed('1.2.840.10008.1.2.4.91', 'JPEG 2000', 'JPEG_2000'),
  compressed('1.2.840.10008.1.2.4.201', 'High-Throughput JPEG 2000 Lossless', 'HTJ2K'),
  compressed('1.2.840.10008.1.2.4.202', 'High-Throughput JPEG 2000 Lossless RPCL', 'HTJ2K'),
  compressed('1.2.840.10008.1.2.4.203', 'High-Throughput JPEG 2000', 'HTJ2K'),
  compressed('1.2.840.10008.1.2.5', 'RLE Lossless', 'RLE'),
];

const byUid = new Map(syntaxes.map((syntax) => [syntax.uid, syntax]));

export const transferSyntaxUids: readonly string[] = syntaxes.map(({ uid }) => uid);

export function transferSyntax(uid: string): TransferSyntax | undefined {
  return byUid.get(uid);
}

export const implicitLittleEndian = '1.2.840.10008.1.2';
export const explicitLittleEndian = '1.2.840.10008.1.2.1';
export const explicitBigEndian = '1.2.840.10008.1.2.2';
