import { deflateRawSync } from 'node:zlib';
import { type Encoding, isLongVr } from '../structure/element.js';
import { explicitLittleEndian, transferSyntax } from '../structure/syntaxes.js';

/** An element to write: text of one byte a character, numbers, bytes, or the items of a sequence. */
export interface ElementToWrite {
  tag: number;
  vr: string;
  value: string | readonly number[] | Uint8Array | readonly (readonly ElementToWrite[])[];
  /** Of a sequence and its items; the others always say theirs. */
  undefinedLength?: boolean;
}

const undefinedLength = 0xffffffff;
const numberBytes: Readonly<Record<string, number>> = { US: 2, SS: 2, OW: 2, UL: 4, SL: 4 };

/** Writes a data set as PS3.5 encodes it, elements in the order given. */
export function encodeDataSet(elements: readonly ElementToWrite[], encoding: Encoding): Buffer {
  return Buffer.concat(elements.map((element) => encodeElement(element, encoding)));
}

/** Writes a file of PS3.10: preamble, file meta information and the data set. */
export function dicomFile(
  elements: readonly ElementToWrite[],
  transferSyntaxUid: string = explicitLittleEndian,
): Buffer {
  const syntax = transferSyntax(transferSyntaxUid);
  const encoding = syntax?.encoding ?? { explicit: true, littleEndian: true };
  const dataSet = encodeDataSet(elements, encoding);
  const meta = encodeDataSet(
    [
      { tag: 0x00020001, vr: 'OB', value: Uint8Array.of(0, 1) },
      { tag: 0x00020002, vr: 'UI', value: textOf(elements, 0x00080016) },
      { tag: 0x00020003, vr: 'UI', value: textOf(elements, 0x00080018) },
      { tag: 0x00020010, vr: 'UI', value: transferSyntaxUid },
      { tag: 0x00020012, vr: 'UI', value: '2.25.303168405231948270573829152671840305467' },
    ],
    { explicit: true, littleEndian: true },
  );
  const length = encodeDataSet([{ tag: 0x00020000, vr: 'UL', value: [meta.length] }], {
    explicit: true,
    littleEndian: true,
  });
  const content = syntax?.deflated ? deflateRawSync(dataSet) : dataSet;
  return Buffer.concat([Buffer.alloc(128), Buffer.from('DICM', 'latin1'), length, meta, content]);
}

/** These elements over and beside the usual ones, in the order in which a file has them. */
export function withElements(
  usual: readonly ElementToWrite[],
  elements: readonly ElementToWrite[],
): ElementToWrite[] {
  const written = new Set(elements.map(({ tag }) => tag));
  return [...usual.filter(({ tag }) => !written.has(tag)), ...elements].sort(
    (one, other) => one.tag - other.tag,
  );
}

/** Pixel data in fragments behind an empty offset table (PS3.5, A.4). */
export function fragments(parts: readonly Uint8Array[]): Buffer {
  const items = [new Uint8Array(), ...parts].map((part) => {
    const even = part.length + (part.length % 2);
    const item = Buffer.alloc(8 + even);
    item.writeUInt32LE(0xe000fffe, 0);
    item.writeUInt32LE(even, 4);
    item.set(part, 8);
    return item;
  });
  return Buffer.concat([...items, Buffer.from([0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0])]);
}

function encodeElement(
  { tag, vr, value, undefinedLength: open = false }: ElementToWrite,
  encoding: Encoding,
): Buffer {
  const body = encodeValue(value, vr, encoding, open);
  const length = open ? undefinedLength : body.length;
  return Buffer.concat([
    header(tag, vr, length, encoding),
    body,
    open && vr === 'SQ' ? delimiter(0xe0dd, encoding) : Buffer.of(),
  ]);
}

function encodeValue(value: ElementToWrite['value'], vr: string, encoding: Encoding, open: boolean): Buffer {
  if (value instanceof Uint8Array) return padded(Buffer.from(value), 0);
  if (typeof value === 'string') return padded(Buffer.from(value, 'latin1'), vr === 'UI' ? 0 : 0x20);
  return Buffer.concat(
    value.map((each) =>
      typeof each === 'number' ? encodeNumber(each, vr, encoding) : encodeItem(each, encoding, open),
    ),
  );
}

function encodeItem(elements: readonly ElementToWrite[], encoding: Encoding, open: boolean): Buffer {
  const body = encodeDataSet(elements, encoding);
  const start = header(0xfffee000, '', open ? undefinedLength : body.length, {
    ...encoding,
    explicit: false,
  });
  return Buffer.concat([start, body, open ? delimiter(0xe00d, encoding) : Buffer.of()]);
}

function encodeNumber(value: number, vr: string, { littleEndian }: Encoding): Buffer {
  const size = numberBytes[vr] ?? 2;
  const bytes = Buffer.alloc(size);
  if (littleEndian) bytes.writeUIntLE(value < 0 ? value + 2 ** (8 * size) : value, 0, size);
  else bytes.writeUIntBE(value < 0 ? value + 2 ** (8 * size) : value, 0, size);
  return bytes;
}

function delimiter(element: number, encoding: Encoding): Buffer {
  return header(0xfffe0000 + element, '', 0, { ...encoding, explicit: false });
}

function header(tag: number, vr: string, length: number, { explicit, littleEndian }: Encoding): Buffer {
  const long = isLongVr(vr);
  const bytes = Buffer.alloc(explicit && long ? 12 : 8);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  view.setUint16(0, tag >>> 16, littleEndian);
  view.setUint16(2, tag & 0xffff, littleEndian);
  if (explicit) bytes.write(vr, 4, 'latin1');
  if (explicit && !long) view.setUint16(6, length, littleEndian);
  else view.setUint32(explicit ? 8 : 4, length, littleEndian);
  return bytes;
}

function padded(bytes: Buffer, by: number): Buffer {
  return bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.of(by)]);
}

function textOf(elements: readonly ElementToWrite[], tag: number): string {
  const value = elements.find((element) => element.tag === tag)?.value;
  return typeof value === 'string' ? value : '';
}
