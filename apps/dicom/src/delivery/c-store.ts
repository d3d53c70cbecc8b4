import {
  type CEchoAnswer,
  CEchoRequest,
  type CStoreAnswer,
  CStoreRequest,
  Dataset,
  PresentationContext,
} from '../association/library.js';
import { verification } from '../association/negotiation.js';
import { type DerivedObject, explicitLittleEndian } from '../results/derived-object.js';
import type { DestinationOf } from './destination.js';
import type { DeliveryLimits } from './limits.js';
import { type DeliveryOutcome, delivered, notDelivered } from './outcome.js';
import { associate, type ClientTls } from './requestor.js';

export interface AssociationParts {
  limits: DeliveryLimits;
  clientTls: ClientTls;
}

/** Stores objects over one association (PS3.4, annex B). */
export function storeObjects(
  objects: readonly DerivedObject[],
  destination: DestinationOf<'DICOM'>,
  parts: AssociationParts,
): Promise<DeliveryOutcome> {
  const answers: DeliveryOutcome[] = [];
  const requests = objects.map(({ elements }) => {
    const request = new CStoreRequest(new Dataset(elements, explicitLittleEndian));
    request.on('response', (answer: CStoreAnswer) => answers.push(storeOutcome(answer.getStatus())));
    return request;
  });
  // A context for the syntax of the files alone, which the library then prefers: archives keep what is sent.
  const contexts = [...new Set(objects.map(({ sopClassUid }) => sopClassUid))].map((sopClassUid) => {
    const context = new PresentationContext(0, sopClassUid);
    context.addTransferSyntaxUid(explicitLittleEndian);
    return context;
  });
  const outcome = () => worst(answers) ?? (answers.length === objects.length ? delivered : undefined);
  return associate(destination, { requests, contexts, outcome }, parts);
}

/** C-ECHO (PS3.4, annex A). */
export function echoDicom(
  destination: DestinationOf<'DICOM'>,
  parts: AssociationParts,
): Promise<DeliveryOutcome> {
  let outcome: DeliveryOutcome | undefined;
  const request = new CEchoRequest();
  request.on('response', (answer: CEchoAnswer) => {
    outcome = answer.getStatus() === 0 ? delivered : notDelivered('FAILED');
  });
  const context = new PresentationContext(0, verification);
  context.addTransferSyntaxUid(explicitLittleEndian);
  return associate(destination, { requests: [request], contexts: [context], outcome: () => outcome }, parts);
}

/** PS3.4, B.2.3, and PS3.7, annex C: warnings mean stored, and so does that the instance is there already. */
function storeOutcome(status: number): DeliveryOutcome {
  const isWarning = status === 0x0001 || status === 0x0107 || status === 0x0116 || status >> 12 === 0xb;
  const duplicate = 0x0111;
  if (status === 0 || isWarning || status === duplicate) return delivered;
  if (status >> 8 === 0xa7 || status === 0x0213) return notDelivered('BUSY');
  if (status === 0x0124) return notDelivered('NOT_AUTHORIZED');
  if (status === 0x0122) return notDelivered('CLASS_NOT_SUPPORTED');
  if (status >> 8 === 0xa8 || status >> 8 === 0xa9 || status >> 12 === 0xc)
    return notDelivered('OBJECT_REFUSED');
  return notDelivered('FAILED');
}

/** What no try can help outweighs what one may. */
function worst(answers: readonly DeliveryOutcome[]): DeliveryOutcome | undefined {
  return answers.find(({ kind }) => kind === 'hopeless') ?? answers.find(({ kind }) => kind === 'again');
}
