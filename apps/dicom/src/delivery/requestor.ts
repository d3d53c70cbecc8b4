import { Socket } from 'node:net';
import type { DeliveryFailure } from '@lucency/contracts';
import { type Association, Client, type PresentationContext } from '../association/library.js';
import { contextResults } from '../association/negotiation.js';
import { writeOptions } from '../results/derived-object.js';
import type { DestinationOf } from './destination.js';
import type { DeliveryLimits } from './limits.js';
import { type DeliveryOutcome, notDelivered } from './outcome.js';

/** Of the service towards archives: what it trusts beside the usual authorities, and what it shows of itself. */
export interface ClientTls {
  ca?: Buffer | string[];
  cert?: Buffer;
  key?: Buffer;
}

type Request = Parameters<InstanceType<typeof Client>['addRequest']>[0];

export interface Requests {
  requests: readonly Request[];
  contexts: readonly PresentationContext[];
  /** What came of the answers, once the association is over. */
  outcome(): DeliveryOutcome | undefined;
}

/** The library cuts data sets by it, and never comes to an end where an archive names less than a header takes. */
const leastPduBytes = 1_024;

/** PS3.8, 9.3.4: what an archive says that has no room at the moment. */
const transient = 2;

/**
 * Does requests over one association within a deadline. The library bounds neither the time of the whole nor what the other
 * side sends, and half-closes sockets that nobody answers on: the socket is watched and ended here.
 */
export async function associate(
  { aeTitle, callingAeTitle, host, port, tls }: DestinationOf<'DICOM'>,
  { requests, contexts, outcome }: Requests,
  { limits, clientTls }: { limits: DeliveryLimits; clientTls: ClientTls },
): Promise<DeliveryOutcome> {
  const client = new Client();
  for (const request of requests) client.addRequest(request);
  for (const context of contexts) client.addAdditionalPresentationContext(context, true);
  const { connectSeconds, exchangeSeconds, maxAnswerBytes } = limits;
  return new Promise((resolve) => {
    let socket: Socket | undefined;
    // Over TLS a connection stands once its handshake is done.
    let connected = false;
    let reached = false;
    let answered = false;
    let unanswered: DeliveryFailure = 'FAILED';
    const end = (result: DeliveryOutcome) => {
      for (const timer of timers) clearTimeout(timer);
      socket?.destroy();
      resolve(result);
    };
    const fail = (reason: DeliveryFailure) => end(outcome() ?? notDelivered(reason));
    const timers = [
      setTimeout(() => !connected && fail(reached ? 'TIMED_OUT' : 'UNREACHABLE'), connectSeconds * 1_000),
      setTimeout(() => fail('TIMED_OUT'), exchangeSeconds * 1_000),
    ];
    client.on('associationAccepted', (association: Association) => {
      answered = true;
      // Emptied, so that the library sends none of them.
      if (association.getMaxPduLength() !== 0 && association.getMaxPduLength() < leastPduBytes) {
        client.clearRequests();
        fail('NOT_UNDERSTOOD');
      }
      // The others are stored all the same.
      if (!takesAll(association)) unanswered = 'CLASS_NOT_SUPPORTED';
    });
    client.on('associationRejected', ({ result }: { result: number }) =>
      fail(result === transient ? 'BUSY' : 'ASSOCIATION_REJECTED'),
    );
    const broken = () => fail(answered ? 'FAILED' : reached ? 'NOT_UNDERSTOOD' : 'UNREACHABLE');
    client.on('networkError', broken);
    client.on('closed', broken);
    client.on('associationReleased', () => fail(unanswered));
    client.send(host, port, callingAeTitle, aeTitle, {
      // Ours come first, and know what they mean.
      connectTimeout: 2_000 * exchangeSeconds,
      associationTimeout: 2_000 * exchangeSeconds,
      pduTimeout: 2_000 * exchangeSeconds,
      datasetWriteOptions: writeOptions,
      ...(tls && { securityOptions: clientTls }),
    });
    socket = socketOf(client);
    let bytes = 0;
    socket.prependListener('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxAnswerBytes) fail('NOT_UNDERSTOOD');
    });
    socket.once('connect', () => {
      reached = true;
    });
    socket.once(tls ? 'secureConnect' : 'connect', () => {
      connected = true;
    });
    socket.prependListener('error', (error: NodeJS.ErrnoException) => {
      if (tls && isOfTls(error)) fail('CERTIFICATE_REFUSED');
    });
  });
}

/** Of every class that was proposed at least one context; the first is the library's own, with both usual syntaxes. */
function takesAll(association: Association): boolean {
  const accepted = new Set<string>();
  const proposed = new Set<string>();
  for (const { context } of association.getPresentationContexts()) {
    proposed.add(context.getAbstractSyntaxUid());
    if (context.getResult() === contextResults.accepted) accepted.add(context.getAbstractSyntaxUid());
  }
  return [...proposed].every((abstractSyntax) => accepted.has(abstractSyntax));
}

/** The library keeps its socket to itself; a test holds that it is still where this finds it. */
function socketOf(client: Client): Socket {
  const network: unknown = Reflect.get(client, 'network');
  const socket: unknown = typeof network === 'object' && network ? Reflect.get(network, 'socket') : null;
  if (socket instanceof Socket) return socket;
  throw new Error('dcmjs-dimse has no socket where it was');
}

function isOfTls({ code = '' }: NodeJS.ErrnoException): boolean {
  return /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(code);
}
