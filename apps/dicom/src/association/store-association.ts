import type { Socket } from 'node:net';
import { isUid } from '@lucency/dicom';
import type { Logger } from '@lucency/service-kit';
import type { Intake, Outcome } from '../intake/intake.js';
import { IncomingFile } from '../reception/incoming-file.js';
import type { Spool } from '../reception/spool.js';
import type { ApplicationEntity } from '../senders/configuration.js';
import type { Caller, Recognition } from '../senders/recognize.js';
import type { AssociationOutcome, AssociationWatch } from './association-watch.js';
import { Deadlines } from './deadlines.js';
import {
  type Association,
  type CEchoAnswer,
  type CEchoRequest,
  CEchoResponse,
  type CStoreAnswer,
  type CStoreRequest,
  CStoreResponse,
  Dataset,
  type PresentationContext,
  Scp,
} from './library.js';
import {
  maxAssociateBytes,
  maxCommandBytes,
  maxOtherDataBytes,
  maxPduBytes,
  type PortLimits,
} from './limits.js';
import { contextResults, negotiate } from './negotiation.js';
import { PduGuard } from './pdu-guard.js';
import { type StoreStatus, statusOf } from './statuses.js';

export interface AssociationDeps {
  recognize(caller: Caller): Recognition;
  /** Takes a place among the associations; false when all are taken or the service stops. */
  enter(): boolean;
  leave(): void;
  spool: Spool;
  intake: Intake;
  limits: PortLimits;
  watch: AssociationWatch;
  log: Logger;
}

type Deadline = 'associate' | 'idle' | 'pdu' | 'instance' | 'association' | 'close';

/** Result, source and reason of an A-ASSOCIATE-RJ (PS3.8, 9.3.4). */
const rejections = {
  /** Permanent, by the service user: called AE title not recognized. */
  rejected_called: [1, 1, 7],
  rejected_calling: [1, 1, 3],
  /** Transient, by the provider: temporary congestion. */
  rejected_busy: [2, 3, 1],
} as const satisfies Partial<Record<AssociationOutcome, readonly [number, number, number]>>;

/** Source and reason of an A-ABORT (PS3.8, 9.3.8): the provider, not specified. */
const abortByProvider = [2, 0] as const;

/** One connection of a sender, from its first byte to its end. */
export class StoreAssociation extends Scp {
  readonly #socket: Socket;
  readonly #deps: AssociationDeps;
  readonly #fingerprint: string | undefined;
  readonly #guard = new PduGuard({ maxPduBytes, maxAssociateBytes, maxCommandBytes });
  readonly #deadlines = new Deadlines<Deadline>((name) => {
    if (name === 'close') this.#socket.destroy();
    else this.#cut('late', name);
  });
  #entity: ApplicationEntity | undefined;
  #callingAeTitle: string | undefined;
  #outcome: AssociationOutcome | undefined;
  #file: IncomingFile | undefined;
  #received: Promise<Outcome> | undefined;
  #receivedBytes = 0;
  #receivedAt = 0;
  #answering = false;
  #stopping = false;

  /** @param fingerprint of the certificate that the client showed */
  constructor(socket: Socket, fingerprint: string | undefined, deps: AssociationDeps) {
    super(socket);
    this.#socket = socket;
    this.#deps = deps;
    this.#fingerprint = fingerprint;
    // Before the library, which collects a PDU of any length that it claims to have.
    socket.prependListener('data', (chunk: Buffer) => this.#check(chunk));
    socket.on('data', () => this.#afterChunk());
    socket.on('close', () => this.#closed());
    this.on('networkError', () => {
      if (socket.errored) this.#end('lost');
      else this.#cut('violation', 'UNREADABLE');
    });
    this.#deadlines.set('associate', deps.limits.associateSeconds);
  }

  /** Finishes the instance that is under way, answers it and ends the association. */
  stop(): void {
    this.#stopping = true;
    this.#endWhenIdle();
  }

  override associationRequested(association: Association): void {
    if (this.#outcome) return;
    const { recognize, enter, limits, log } = this.#deps;
    const calledAeTitle = association.getCalledAeTitle();
    const callingAeTitle = association.getCallingAeTitle();
    const caller = { calledAeTitle, callingAeTitle, certificateFingerprint: this.#fingerprint };
    const recognition = recognize(caller);
    if (!recognition.ok) {
      this.#reject(`rejected_${recognition.unknown}`, { calledAeTitle, callingAeTitle });
      return;
    }
    if (!enter()) {
      this.#reject('rejected_busy', { calledAeTitle, callingAeTitle });
      return;
    }

    this.#entity = recognition.entity;
    this.#callingAeTitle = callingAeTitle;
    for (const { id } of association.getPresentationContexts()) {
      negotiate(association.getPresentationContext(id));
    }
    association.setMaxPduLength(maxPduBytes);
    this.sendAssociationAccept();
    this.#deadlines.clear('associate');
    this.#deadlines.set('association', limits.associationSeconds);
    log.debug({ calledAeTitle, callingAeTitle, siteId: this.#entity.siteId }, 'an association began');
  }

  override associationReleaseRequested(): void {
    if (this.#outcome) return;
    this.sendAssociationReleaseResponse();
    this.#end('released');
  }

  override abort(): void {
    this.#end('aborted');
    this.#socket.destroySoon();
  }

  override cEchoRequest(request: CEchoRequest, respond: (response: CEchoAnswer) => void): void {
    this.#guard.commandDone();
    if (this.#outcome) return;
    const response = CEchoResponse.fromRequest(request);
    response.setStatus(0);
    respond(response);
  }

  /** Where the library writes the data set that follows a C-STORE-RQ. */
  override createStoreWritableStream(context: PresentationContext, request: CStoreRequest): IncomingFile {
    const { spool, limits } = this.#deps;
    if (context.getResult() !== contextResults.accepted) this.#cut('violation', 'UNKNOWN_CONTEXT');
    const file = new IncomingFile({
      spool,
      identity: {
        sopClassUid: uidOrNone(request.getAffectedSopClassUid()),
        sopInstanceUid: uidOrNone(request.getAffectedSopInstanceUid()),
        transferSyntaxUid: uidOrNone(context.getAcceptedTransferSyntaxUid()),
      },
      maxBytes: limits.maxInstanceBytes,
    });
    // A fault of the disk is an answer; what else goes wrong, as a write after the end, is a broken protocol.
    file.on('error', () => this.#cut('violation', 'OUT_OF_TURN'));
    if (this.#outcome) file.destroy();
    else this.#file = file;
    return file;
  }

  /** Called with the last fragment. Answers `callback` once the file is complete; cStoreRequest comes then. */
  override createDatasetFromStoreWritableStream(
    file: IncomingFile,
    context: PresentationContext,
    callback: (dataset: InstanceType<typeof Dataset>) => void,
  ): void {
    const sentBytes = this.#guard.takeDataSetBytes();
    this.#answering = true;
    this.#receivedBytes = 0;
    this.#receivedAt = performance.now();
    this.#deadlines.clear('instance');
    this.#deadlines.clear('idle');
    file.once('close', () => {
      if (this.#file === file) this.#file = undefined;
      if (file.errored) return;
      this.#received = this.#store(file, sentBytes, context.getAbstractSyntaxUid());
      callback(new Dataset({}));
    });
  }

  override cStoreRequest(request: CStoreRequest, respond: (response: CStoreAnswer) => void): void {
    const received = this.#received ?? Promise.resolve(refused('NO_DATA_SET'));
    this.#received = undefined;
    void received.then((outcome) => {
      const status = statusOf(outcome);
      const seconds = (performance.now() - this.#receivedAt) / 1000;
      this.#deps.watch.answered({ status: status.code, outcome, bytes: this.#receivedBytes, seconds });
      this.#logAnswer(outcome, status);
      this.#answering = false;
      if (!this.#outcome) {
        respond(storeResponse(request, status));
        this.#awaitNext();
      }
      this.#endWhenIdle();
    });
  }

  async #store(file: IncomingFile, sentBytes: number | undefined, sopClassUid: string): Promise<Outcome> {
    const result = file.result(sentBytes);
    try {
      if ('fault' in result) {
        return result.fault === 'TOO_LARGE'
          ? refused('TOO_LARGE')
          : { outcome: 'later', reason: result.fault };
      }
      this.#receivedBytes = result.bytes;
      if (!result.sopClassUid || !result.sopInstanceUid) return refused('INVALID_UID');
      if (result.sopClassUid !== sopClassUid) return refused('MISMATCH');
      if (!this.#entity) return { outcome: 'later', reason: 'STOPPING' };
      return await this.#deps.intake.store(result, this.#entity);
    } catch (error) {
      this.#deps.log.error({ error }, 'storing an instance failed');
      return { outcome: 'later', reason: 'GATEWAY_AWAY' };
    } finally {
      await file.discard();
    }
  }

  #logAnswer(outcome: Outcome, { code }: StoreStatus): void {
    const { log } = this.#deps;
    const fields = {
      siteId: this.#entity?.siteId,
      callingAeTitle: this.#callingAeTitle,
      status: code,
      bytes: this.#receivedBytes,
      ...('reason' in outcome ? { reason: outcome.reason } : {}),
    };
    if (outcome.outcome === 'stored') log.info(fields, 'an instance is stored');
    else log.warn(fields, 'an instance was not taken');
  }

  #check(chunk: Buffer): void {
    if (this.#outcome) return;
    const violation = this.#guard.feed(chunk);
    const { midPdu, midMessage } = this.#guard;
    if (violation || (this.#answering && midMessage)) {
      this.#cut('violation', violation ?? 'OUT_OF_TURN');
      return;
    }
    const { limits } = this.#deps;
    this.#deadlines.clear('idle');
    if (!midPdu) this.#deadlines.clear('pdu');
    else if (!this.#deadlines.isSet('pdu')) this.#deadlines.set('pdu', limits.pduSeconds);
    if (midMessage && !this.#deadlines.isSet('instance')) {
      this.#deadlines.set('instance', limits.instanceSeconds);
    }
  }

  /** After the library has dealt with the chunk. */
  #afterChunk(): void {
    if (this.#outcome) return;
    if (this.#guard.dataBytes > maxOtherDataBytes && !this.#file) {
      this.#cut('violation', 'OTHER_DATA');
      return;
    }
    if (this.#file?.writableNeedDrain) {
      // The disk is slower than the line: the rest waits with the sender.
      this.#socket.pause();
      const goOn = () => this.#socket.resume();
      this.#file.once('drain', goOn);
      // A file that was ended before it drained never says so.
      this.#file.once('close', goOn);
    }
    if (!this.#answering) this.#awaitNext();
    this.#endWhenIdle();
  }

  #awaitNext(): void {
    if (!this.#guard.midMessage) this.#deadlines.clear('instance');
    if (this.#entity && !this.#guard.midPdu) this.#deadlines.set('idle', this.#deps.limits.idleSeconds);
  }

  #endWhenIdle(): void {
    if (!this.#stopping || this.#answering || this.#guard.midMessage) return;
    this.#cut('stopping', 'stopping');
  }

  #reject(outcome: keyof typeof rejections, titles: { calledAeTitle: string; callingAeTitle: string }): void {
    const [result, source, reason] = rejections[outcome];
    this.sendAssociationReject(result, source, reason);
    this.#deps.log.warn(
      { ...titles, host: this.#socket.remoteAddress, reason: outcome },
      'an association was rejected',
    );
    this.#end(outcome);
  }

  /** Ends the association from our side, with an A-ABORT where there is one to abort. */
  #cut(outcome: 'violation' | 'late' | 'stopping', reason: string): void {
    if (this.#outcome) return;
    if (outcome !== 'stopping') {
      this.#deps.log.warn({ host: this.#socket.remoteAddress, reason }, 'a connection was ended');
    }
    if (this.#entity) this.sendAbort(...abortByProvider);
    this.#end(this.#entity || outcome === 'violation' ? outcome : 'never_began');
    this.#socket.destroySoon();
  }

  /** From here on nothing more is taken; what is complete is still stored. */
  #end(outcome: AssociationOutcome): void {
    if (this.#outcome) return;
    this.#outcome = outcome;
    if (this.#file && !this.#answering) this.#file.destroy();
    this.#deadlines.clearAll();
    // Whoever asked for the end closes the connection, if ever.
    this.#deadlines.set('close', this.#deps.limits.associateSeconds);
  }

  #closed(): void {
    this.#end(this.#entity ? 'lost' : 'never_began');
    this.#deadlines.clearAll();
    if (this.#entity) this.#deps.leave();
    this.#deps.watch.ended(this.#outcome ?? 'lost');
  }
}

function uidOrNone(text: string | undefined): string {
  return isUid(text) ? text : '';
}

function refused(reason: 'TOO_LARGE' | 'INVALID_UID' | 'MISMATCH' | 'NO_DATA_SET'): Outcome {
  return { outcome: 'refused', reason };
}

function storeResponse(request: CStoreRequest, { code, comment }: StoreStatus): CStoreAnswer {
  const response = CStoreResponse.fromRequest(request);
  response.setStatus(Number.parseInt(code, 16));
  if (comment) response.setErrorComment(comment);
  return response;
}
