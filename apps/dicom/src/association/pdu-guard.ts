/** Why bytes are not those of a DICOM association as PS3.8 has it. */
export type Violation =
  /** The first byte is that of no A-ASSOCIATE-RQ, or a later one that of no PDU that a requestor sends. */
  | 'NOT_DICOM'
  | 'PDU_TOO_LARGE'
  /** Lengths of a PDU and of the values in it contradict each other. */
  | 'LYING_LENGTH'
  | 'COMMAND_TOO_LARGE'
  /** Data before its command, a command within a data set, a request before the last one was answered. */
  | 'OUT_OF_TURN';

export interface GuardLimits {
  /** Of the data in one P-DATA-TF, as told in the A-ASSOCIATE-AC. */
  maxPduBytes: number;
  maxAssociateBytes: number;
  /** Of all fragments of one command together. */
  maxCommandBytes: number;
}

const associateRequest = 1;
const data = 4;
const releaseRequest = 5;
const releaseReply = 6;
const abort = 7;

const pduHeaderBytes = 6;
/** Length, presentation context, control header. */
const valueHeaderBytes = 6;

/**
 * Follows the bytes of a requestor before the library sees them, which collects whole PDUs in memory up to whatever
 * length they claim. Holds no bytes itself but headers.
 */
export class PduGuard {
  readonly #limits: GuardLimits;
  readonly #header = Buffer.alloc(pduHeaderBytes);
  #headerBytes = 0;
  #type = 0;
  /** Of the PDU in hand. */
  #remaining = 0;
  readonly #valueHeader = Buffer.alloc(valueHeaderBytes);
  #valueHeaderBytes = 0;
  /** Of the presentation data value in hand. */
  #valueRemaining = 0;
  #valueIsCommand = false;
  #valueIsLast = false;
  #begun = false;
  #commandBytes = 0;
  #commandComplete = false;
  #dataBytes = 0;
  #completedDataSets: number[] = [];
  /** True from the first byte of a PDU to its last. */
  midPdu = false;

  constructor(limits: GuardLimits) {
    this.#limits = limits;
  }

  /** Bytes of the data set that is arriving. */
  get dataBytes(): number {
    return this.#dataBytes;
  }

  /** True from the first byte of a command to the last of its data set; a command without one ends with `commandDone`. */
  get midMessage(): boolean {
    return this.#commandBytes > 0;
  }

  /** Tells that a command needs no data set, so that another may follow. */
  commandDone(): void {
    this.#resetMessage();
  }

  /** The length of the data set that was completed first and not asked for yet. */
  takeDataSetBytes(): number | undefined {
    return this.#completedDataSets.shift();
  }

  /** @returns what is wrong with the bytes; nothing more may be fed then */
  feed(chunk: Buffer): Violation | undefined {
    let offset = 0;
    while (offset < chunk.length) {
      if (!this.midPdu || this.#headerBytes < pduHeaderBytes) {
        this.midPdu = true;
        if (this.#headerBytes === 0 && !this.#mayCome(chunk[offset] ?? 0)) return 'NOT_DICOM';
        offset += this.#collect(chunk, offset);
        if (this.#headerBytes < pduHeaderBytes) return undefined;
        const violation = this.#beginPdu();
        if (violation) return violation;
      } else if (this.#type !== data) {
        offset += this.#skip(chunk.length - offset);
      } else {
        const violation = this.#readValues(chunk.subarray(offset, offset + this.#remaining));
        if (violation) return violation;
        offset += this.#skip(chunk.length - offset);
      }
      if (this.#remaining === 0) this.#endPdu();
    }
    return undefined;
  }

  #mayCome(type: number): boolean {
    if (!this.#begun) return type === associateRequest;
    return type === data || type === releaseRequest || type === releaseReply || type === abort;
  }

  #collect(chunk: Buffer, offset: number): number {
    const copied = chunk.copy(
      this.#header,
      this.#headerBytes,
      offset,
      offset + pduHeaderBytes - this.#headerBytes,
    );
    this.#headerBytes += copied;
    return copied;
  }

  #beginPdu(): Violation | undefined {
    this.#type = this.#header.readUInt8(0);
    this.#remaining = this.#header.readUInt32BE(2);
    this.#valueHeaderBytes = 0;
    this.#valueRemaining = 0;
    if (this.#type === data) {
      return this.#remaining > this.#limits.maxPduBytes ? 'PDU_TOO_LARGE' : undefined;
    }
    if (this.#type === associateRequest) {
      this.#begun = true;
      return this.#remaining > this.#limits.maxAssociateBytes ? 'PDU_TOO_LARGE' : undefined;
    }
    return this.#remaining === 4 ? undefined : 'LYING_LENGTH';
  }

  #readValues(bytes: Buffer): Violation | undefined {
    let offset = 0;
    while (offset < bytes.length) {
      if (this.#valueRemaining === 0) {
        const missing = valueHeaderBytes - this.#valueHeaderBytes;
        const copied = bytes.copy(this.#valueHeader, this.#valueHeaderBytes, offset, offset + missing);
        this.#valueHeaderBytes += copied;
        offset += copied;
        if (this.#valueHeaderBytes < valueHeaderBytes) break;
        const violation = this.#beginValue(this.#remaining - offset);
        if (violation) return violation;
      }
      const taken = Math.min(this.#valueRemaining, bytes.length - offset);
      const violation = this.#count(taken);
      if (violation) return violation;
      this.#valueRemaining -= taken;
      offset += taken;
      if (this.#valueRemaining === 0) this.#endValue();
    }
    // A PDU that ends within the header of a value, or within the value.
    const ends = bytes.length === this.#remaining;
    return ends && (this.#valueHeaderBytes > 0 || this.#valueRemaining > 0) ? 'LYING_LENGTH' : undefined;
  }

  #beginValue(left: number): Violation | undefined {
    // The length includes the context and the control header.
    const length = this.#valueHeader.readUInt32BE(0) - 2;
    if (length < 0 || length > left) return 'LYING_LENGTH';
    const control = this.#valueHeader.readUInt8(5);
    this.#valueIsCommand = (control & 1) === 1;
    this.#valueIsLast = (control & 2) === 2;
    this.#valueRemaining = length;
    if (!this.#valueIsCommand) return this.#commandComplete ? undefined : 'OUT_OF_TURN';
    if (this.#dataBytes > 0) return 'OUT_OF_TURN';
    // The one before had no data set.
    if (this.#commandComplete) this.#resetMessage();
    return undefined;
  }

  #count(bytes: number): Violation | undefined {
    if (!this.#valueIsCommand) {
      this.#dataBytes += bytes;
      return undefined;
    }
    this.#commandBytes += bytes;
    return this.#commandBytes > this.#limits.maxCommandBytes ? 'COMMAND_TOO_LARGE' : undefined;
  }

  #endValue(): void {
    this.#valueHeaderBytes = 0;
    if (!this.#valueIsLast) return;
    if (this.#valueIsCommand) {
      this.#commandComplete = true;
    } else {
      this.#completedDataSets.push(this.#dataBytes);
      this.#resetMessage();
    }
  }

  #resetMessage(): void {
    this.#commandBytes = 0;
    this.#commandComplete = false;
    this.#dataBytes = 0;
  }

  #skip(available: number): number {
    const taken = Math.min(this.#remaining, available);
    this.#remaining -= taken;
    return taken;
  }

  #endPdu(): void {
    this.midPdu = false;
    this.#headerBytes = 0;
  }
}
