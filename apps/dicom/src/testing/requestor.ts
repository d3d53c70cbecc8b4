import { connect, type Socket } from 'node:net';

export const secondaryCapture = '1.2.840.10008.5.1.4.1.1.7';
export const explicitLittleEndian = '1.2.840.10008.1.2.1';

export interface AssociateOptions {
  called?: string;
  calling?: string;
  /** Presentation contexts in order; their ids are 1, 3, 5 … */
  contexts?: { abstractSyntax: string; transferSyntaxes: string[] }[];
}

const commandField = { store: 0x0001, echo: 0x0030, find: 0x0020 };

/** PDUs as PS3.8 has them, and as it does not: what a test sends is up to the test. */
export function pdu(type: number, body: Buffer, claimedLength = body.length): Buffer {
  const head = Buffer.alloc(6);
  head.writeUInt8(type, 0);
  head.writeUInt32BE(claimedLength, 2);
  return Buffer.concat([head, body]);
}

function item(type: number, body: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt8(type, 0);
  head.writeUInt16BE(body.length, 2);
  return Buffer.concat([head, body]);
}

export function associateRequest(options: AssociateOptions = {}): Buffer {
  const {
    called = 'LUCENCY',
    calling = 'MODALITY',
    contexts = [{ abstractSyntax: secondaryCapture, transferSyntaxes: [explicitLittleEndian] }],
  } = options;
  const text = (value: string) => Buffer.from(value, 'latin1');
  const body = Buffer.concat([
    Buffer.from([0, 1, 0, 0]),
    text(called.padEnd(16)),
    text(calling.padEnd(16)),
    Buffer.alloc(32),
    item(0x10, text('1.2.840.10008.3.1.1.1')),
    ...contexts.map(({ abstractSyntax, transferSyntaxes }, index) =>
      item(
        0x20,
        Buffer.concat([
          Buffer.from([index * 2 + 1, 0, 0, 0]),
          item(0x30, text(abstractSyntax)),
          ...transferSyntaxes.map((syntax) => item(0x40, text(syntax))),
        ]),
      ),
    ),
    item(0x50, Buffer.concat([item(0x51, Buffer.from([0, 1, 0, 0])), item(0x52, text('1.2.3.4'))])),
  ]);
  return pdu(1, body);
}

/** One presentation data value. */
export function value(part: 'command' | 'data', last: boolean, bytes: Buffer, context = 1): Buffer {
  const head = Buffer.alloc(6);
  head.writeUInt32BE(bytes.length + 2, 0);
  head.writeUInt8(context, 4);
  head.writeUInt8((part === 'command' ? 1 : 0) | (last ? 2 : 0), 5);
  return Buffer.concat([head, bytes]);
}

export const dataPdu = (...values: Buffer[]) => pdu(4, Buffer.concat(values));
export const releaseRequest = () => pdu(5, Buffer.alloc(4));
export const abortRequest = () => pdu(7, Buffer.alloc(4));

export interface CommandOptions {
  field?: keyof typeof commandField;
  messageId?: number;
  sopClassUid?: string;
  sopInstanceUid?: string;
  hasDataSet?: boolean;
}

/** A command set in implicit VR little endian (PS3.7, E.1). */
export function command(options: CommandOptions = {}): Buffer {
  const {
    field = 'store',
    messageId = 1,
    sopClassUid = secondaryCapture,
    sopInstanceUid = '1.2.3.4.5',
    hasDataSet = true,
  } = options;
  const element = (number: number, content: Buffer) => {
    const head = Buffer.alloc(8);
    head.writeUInt16LE(number, 2);
    head.writeUInt32LE(content.length, 4);
    return Buffer.concat([head, content]);
  };
  const uid = (text: string) => Buffer.from(text.length % 2 ? `${text}\0` : text, 'latin1');
  const number = (content: number) => {
    const bytes = Buffer.alloc(2);
    bytes.writeUInt16LE(content);
    return bytes;
  };
  const elements = Buffer.concat([
    element(0x0002, uid(sopClassUid)),
    element(0x0100, number(commandField[field])),
    element(0x0110, number(messageId)),
    element(0x0700, number(0)),
    element(0x0800, number(hasDataSet ? 1 : 0x0101)),
    ...(field === 'store' ? [element(0x1000, uid(sopInstanceUid))] : []),
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(elements.length);
  return Buffer.concat([element(0, length), elements]);
}

/** A data set in explicit VR little endian with pixels of a given size. */
export function dataSet(pixelBytes: number, sopInstanceUid = '1.2.3.4.5'): Buffer {
  const uidElement = (number: number, text: string) => {
    const padded = text.length % 2 ? `${text}\0` : text;
    const head = Buffer.from([0x08, 0, number, 0, 0x55, 0x49, 0, 0]);
    head.writeUInt16LE(padded.length, 6);
    return Buffer.concat([head, Buffer.from(padded, 'latin1')]);
  };
  const pixels = Buffer.alloc(12 + pixelBytes, 7);
  Buffer.from([0xe0, 0x7f, 0x10, 0, 0x4f, 0x42, 0, 0]).copy(pixels);
  pixels.writeUInt32LE(pixelBytes, 8);
  // Not all alike, so that what is lost or moved is seen.
  for (let at = 12; at < pixels.length; at += 997) pixels.writeUInt8(at % 251, at);
  return Buffer.concat([uidElement(0x16, secondaryCapture), uidElement(0x18, sopInstanceUid), pixels]);
}

export type ReceivedPdu =
  | { type: 'accept'; results: number[] }
  | { type: 'reject'; result: number; source: number; reason: number }
  | { type: 'response'; status: string; comment: string | undefined; messageId: number }
  | { type: 'released' }
  | { type: 'abort' }
  | { type: 'closed' };

/** A requestor that sends any bytes and reads answers one by one. */
export class Requestor {
  readonly socket: Socket;
  readonly #waiting: ((pdu: ReceivedPdu) => void)[] = [];
  readonly #arrived: ReceivedPdu[] = [];
  #buffer = Buffer.alloc(0);

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => this.#arrive({ type: 'closed' }));
  }

  static open(port: number): Promise<Requestor> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port }, () => {
        socket.off('error', reject);
        resolve(new Requestor(socket));
      });
      socket.once('error', reject);
    });
  }

  /** @throws unless the association is accepted */
  static async associate(port: number, options: AssociateOptions = {}): Promise<Requestor> {
    const requestor = await Requestor.open(port);
    return requestor.#associated(options);
  }

  /** Over a connection that may still be in the making. */
  static associateOver(socket: Socket, options: AssociateOptions = {}): Promise<Requestor> {
    return new Requestor(socket).#associated(options);
  }

  async #associated(options: AssociateOptions): Promise<this> {
    this.send(associateRequest(options));
    const answer = await this.next();
    if (answer.type !== 'accept') throw new Error(`not accepted: ${JSON.stringify(answer)}`);
    return this;
  }

  send(...pdus: Buffer[]): void {
    this.socket.write(Buffer.concat(pdus));
  }

  /** Stores one instance in PDUs of a usual size. */
  store(
    bytes: Buffer,
    { valueBytes = 16_000, ...options }: CommandOptions & { valueBytes?: number } = {},
  ): Promise<ReceivedPdu> {
    const pdus = [dataPdu(value('command', true, command(options)))];
    for (let at = 0; at < bytes.length; at += valueBytes) {
      const part = bytes.subarray(at, at + valueBytes);
      pdus.push(dataPdu(value('data', at + valueBytes >= bytes.length, part)));
    }
    this.send(...pdus);
    return this.next();
  }

  /** The next PDU, or that the connection is closed. */
  next(): Promise<ReceivedPdu> {
    const arrived = this.#arrived.shift();
    if (arrived) return Promise.resolve(arrived);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** The types of all PDUs up to the end of the connection. */
  async untilClosed(): Promise<string[]> {
    const types: string[] = [];
    do types.push((await this.next()).type);
    while (types.at(-1) !== 'closed');
    return types;
  }

  async release(): Promise<void> {
    this.send(releaseRequest());
    await this.next();
    this.socket.destroy();
  }

  #read(chunk: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    while (this.#buffer.length >= 6) {
      const length = this.#buffer.readUInt32BE(2) + 6;
      if (this.#buffer.length < length) return;
      this.#arrive(readPdu(this.#buffer.subarray(0, length)));
      this.#buffer = this.#buffer.subarray(length);
    }
  }

  #arrive(received: ReceivedPdu): void {
    const waiting = this.#waiting.shift();
    if (waiting) waiting(received);
    else this.#arrived.push(received);
  }
}

function readPdu(bytes: Buffer): ReceivedPdu {
  switch (bytes.readUInt8(0)) {
    case 2:
      return { type: 'accept', results: contextResults(bytes) };
    case 3:
      return {
        type: 'reject',
        result: bytes.readUInt8(7),
        source: bytes.readUInt8(8),
        reason: bytes.readUInt8(9),
      };
    case 4:
      return readResponse(bytes.subarray(12));
    case 6:
      return { type: 'released' };
    case 7:
      return { type: 'abort' };
    default:
      throw new Error(`unexpected PDU ${bytes.readUInt8(0)}`);
  }
}

function contextResults(bytes: Buffer): number[] {
  const results: number[] = [];
  for (let at = 74; at < bytes.length; at += 4 + bytes.readUInt16BE(at + 2)) {
    if (bytes.readUInt8(at) === 0x21) results.push(bytes.readUInt8(at + 6));
  }
  return results;
}

function readResponse(elements: Buffer): ReceivedPdu {
  const found = new Map<number, Buffer>();
  for (let at = 0; at + 8 <= elements.length; ) {
    const length = elements.readUInt32LE(at + 4);
    found.set(elements.readUInt16LE(at + 2), elements.subarray(at + 8, at + 8 + length));
    at += 8 + length;
  }
  const status = found.get(0x0900)?.readUInt16LE(0) ?? -1;
  return {
    type: 'response',
    status: status.toString(16).toUpperCase().padStart(4, '0'),
    comment: found.get(0x0902)?.toString('latin1').trim(),
    messageId: found.get(0x0120)?.readUInt16LE(0) ?? -1,
  };
}
