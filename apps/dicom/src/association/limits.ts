/** What one port bears. Times are in seconds, sizes in bytes. */
export interface PortLimits {
  /** Accepted at once; more are asked to come back (temporary congestion). */
  maxAssociations: number;
  /** From the connection to the complete A-ASSOCIATE-RQ, and from the end of an association to that of its connection. */
  associateSeconds: number;
  /** Between two PDUs while it is the sender's turn. */
  idleSeconds: number;
  /** From the first byte of a PDU to its last. */
  pduSeconds: number;
  /** From the command of one instance to its last byte. */
  instanceSeconds: number;
  /** The whole of an association. */
  associationSeconds: number;
  /** Of one instance as a file. */
  maxInstanceBytes: number;
}

/** Connections that may wait to become associations, beyond those that are. */
export const spareConnections = 64;

/** Told to senders as the most that one P-DATA-TF may hold. */
export const maxPduBytes = 131_072;
/** 128 presentation contexts with every syntax there is stay below it. */
export const maxAssociateBytes = 262_144;
/** A C-STORE-RQ has about 300 bytes. */
export const maxCommandBytes = 16_384;
/**
 * Of a data set that belongs to no C-STORE; the library keeps it in memory. More than one PDU, since nobody knows what the first
 * belongs to before it is whole.
 */
export const maxOtherDataBytes = maxPduBytes + 65_536;
