/** Identifies this implementation to others (PS3.7, D.3.3.2): a UUID-derived UID, and a name for people. */
export const implementationClassUid = '2.25.152905637209478862012468217098203845619';
export const implementationVersion = 'LUCENCY_1';

export interface FileIdentity {
  sopClassUid: string;
  sopInstanceUid: string;
  transferSyntaxUid: string;
}

/**
 * The preamble and file meta information that make a data set a file (PS3.10, 7.1). Nothing in it depends on who sends
 * when: the same data set in the same syntax makes the same bytes, so that a repeated send is found to be one.
 */
export function fileHead({ sopClassUid, sopInstanceUid, transferSyntaxUid }: FileIdentity): Buffer {
  const elements = Buffer.concat([
    versionElement(),
    textElement(0x0002, 'UI', sopClassUid),
    textElement(0x0003, 'UI', sopInstanceUid),
    textElement(0x0010, 'UI', transferSyntaxUid),
    textElement(0x0012, 'UI', implementationClassUid),
    textElement(0x0013, 'SH', implementationVersion),
  ]);
  const groupLength = Buffer.alloc(12);
  groupLength.writeUInt16LE(0x0002, 0);
  groupLength.write('UL', 4, 'latin1');
  groupLength.writeUInt16LE(4, 6);
  groupLength.writeUInt32LE(elements.length, 8);
  return Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), groupLength, elements]);
}

function versionElement(): Buffer {
  const element = Buffer.alloc(14);
  element.writeUInt16LE(0x0002, 0);
  element.writeUInt16LE(0x0001, 2);
  element.write('OB', 4, 'latin1');
  element.writeUInt32LE(2, 8);
  element.writeUInt8(1, 13);
  return element;
}

function textElement(element: number, vr: 'UI' | 'SH', text: string): Buffer {
  const padded = text.length % 2 === 0 ? text : text + (vr === 'UI' ? '\0' : ' ');
  const head = Buffer.alloc(8);
  head.writeUInt16LE(0x0002, 0);
  head.writeUInt16LE(element, 2);
  head.write(vr, 4, 'latin1');
  head.writeUInt16LE(padded.length, 6);
  return Buffer.concat([head, Buffer.from(padded, 'latin1')]);
}
