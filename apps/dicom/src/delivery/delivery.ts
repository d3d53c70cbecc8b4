import { DecoderPool, type ViewingCopy } from '@lucency/imaging';
import { contextOf } from '../results/common-elements.js';
import type { DerivedObject } from '../results/derived-object.js';
import type { ResultToSend } from '../results/facts.js';
import { fhirReport } from '../results/fhir-report.js';
import { secondaryCapture } from '../results/secondary-capture.js';
import { structuredReport } from '../results/structured-report.js';
import { Turns } from '../turns.js';
import { Authorization, type Secrets } from './authorization.js';
import { echoDicom, storeObjects } from './c-store.js';
import type { Destination } from './destination.js';
import { echoFhir, sendReport } from './fhir-server.js';
import { type DeliveryLimits, usualLimits } from './limits.js';
import { type DeliveryOutcome, notDelivered } from './outcome.js';
import type { ClientTls } from './requestor.js';
import { echoDicomWeb, stowObjects, type WebParts } from './stow.js';

export interface DeliveryParts {
  secrets: Secrets;
  limits?: Partial<DeliveryLimits>;
  clientTls?: ClientTls;
}

/** Brings results to archives and records. Nothing is kept between tries but processes and tokens. */
export class Delivery {
  readonly #authorization: Authorization;
  readonly #limits: DeliveryLimits;
  readonly #clientTls: ClientTls;
  /** One whole original at a time, whoever it is of: the port lives in the same memory. */
  readonly #turns = new Turns();
  readonly #decoders = new DecoderPool({ processes: 1 });

  constructor({ secrets, limits, clientTls = {} }: DeliveryParts) {
    this.#authorization = new Authorization(secrets);
    this.#limits = { ...usualLimits, ...limits };
    this.#clientTls = clientTls;
  }

  /** One try; never throws for what the destination or the image does. */
  async deliver(result: ResultToSend, destination: Destination): Promise<DeliveryOutcome> {
    if (destination.kind === 'FHIR') {
      return this.#signedIn(destination, (parts) => sendReport(fhirReport(result), destination, parts));
    }
    const made = await this.#objectsOf(result);
    if (!made) return notDelivered('SOURCE_NOT_DICOM');
    const { objects, lacksPicture } = made;
    const outcome =
      destination.kind === 'DICOMWEB'
        ? await this.#signedIn(destination, (parts) => stowObjects(objects, destination, parts))
        : await storeObjects(objects, destination, { limits: this.#limits, clientTls: this.#clientTls });
    return outcome.kind === 'delivered' && lacksPicture ? notDelivered('NO_PICTURE') : outcome;
  }

  /** Whether the destination answers and takes the credentials, without anything of a patient. */
  echo(destination: Destination): Promise<DeliveryOutcome> {
    switch (destination.kind) {
      case 'DICOM':
        return echoDicom(destination, { limits: this.#limits, clientTls: this.#clientTls });
      case 'DICOMWEB':
        return this.#signedIn(destination, (parts) => echoDicomWeb(destination, parts));
      case 'FHIR':
        return this.#signedIn(destination, (parts) => echoFhir(destination, parts));
    }
  }

  /** Ends the processes that draw. */
  close(): void {
    this.#decoders.close();
  }

  async #signedIn(
    { auth }: Exclude<Destination, { kind: 'DICOM' }>,
    send: (parts: WebParts) => Promise<DeliveryOutcome>,
  ): Promise<DeliveryOutcome> {
    const authorized = await this.#authorization.headersFor(auth);
    if (!authorized.ok) return authorized.failure;
    const outcome = await send({ limits: this.#limits, headers: authorized.headers });
    if (outcome.kind !== 'delivered' && outcome.reason === 'NOT_AUTHORIZED') this.#authorization.forget(auth);
    return outcome;
  }

  /** The report, which waits for no picture, and the heatmap where there is one to show; null without a source to refer to. */
  async #objectsOf(
    result: ResultToSend,
  ): Promise<{ objects: DerivedObject[]; lacksPicture: boolean } | null> {
    const context = contextOf(result);
    if (!context || !result.source) return null;
    const report = structuredReport(result, context);
    if (!result.heatmap) return { objects: [report], lacksPicture: false };
    try {
      const { source } = result;
      const { original = async () => source } = result;
      const view = await this.#turns.take('drawing', async () => this.#viewOf(await original()));
      const capture = await secondaryCapture(result, context, view);
      return { objects: capture ? [report, capture] : [report], lacksPicture: false };
    } catch {
      return { objects: [report], lacksPicture: true };
    }
  }

  /** @throws where the process that draws broke, or what was read once cannot be decoded any more. */
  async #viewOf(bytes: Uint8Array): Promise<ViewingCopy> {
    const order = { product: 'view', bytes } as const;
    const view = await this.#decoders.run(order);
    const copy = view === 'heavy' ? await this.#decoders.run(order, 'heavy') : view;
    if (copy === 'heavy' || !copy.ok) throw new Error('the original cannot be drawn');
    return copy.value;
  }
}
