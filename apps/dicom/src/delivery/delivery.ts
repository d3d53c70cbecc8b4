import { DecoderPool, type Prepared, type ViewingCopy } from '@lucency/imaging';
import { contextOf } from '../results/common-elements.js';
import type { DerivedObject } from '../results/derived-object.js';
import type { ResultToSend } from '../results/facts.js';
import { fhirReport } from '../results/fhir-report.js';
import { secondaryCapture } from '../results/secondary-capture.js';
import { structuredReport } from '../results/structured-report.js';
import { Authorization, type Secrets } from './authorization.js';
import { echoDicom, storeObjects } from './c-store.js';
import type { Destination } from './destination.js';
import { echoFhir, sendReport } from './fhir-server.js';
import { type DeliveryLimits, usualLimits } from './limits.js';
import { type DeliveryOutcome, type NotDelivered, notDelivered } from './outcome.js';
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
    const objects = await this.#objectsOf(result);
    if (!Array.isArray(objects)) return objects;
    if (destination.kind === 'DICOMWEB')
      return this.#signedIn(destination, (parts) => stowObjects(objects, destination, parts));
    return storeObjects(objects, destination, { limits: this.#limits, clientTls: this.#clientTls });
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

  /** The report, and the heatmap where there is one to show. */
  async #objectsOf(result: ResultToSend): Promise<DerivedObject[] | NotDelivered> {
    const context = contextOf(result);
    if (!context || !result.source) return notDelivered('SOURCE_NOT_DICOM');
    const report = structuredReport(result, context);
    if (!result.heatmap) return [report];
    const view = await this.#viewOf(result.source);
    if (!view) return notDelivered('NO_PICTURE');
    // What was read could be decoded; where it cannot any more, the report goes without its picture.
    const capture = view.ok ? await secondaryCapture(result, context, view.value) : null;
    return capture ? [report, capture] : [report];
  }

  /** @returns null where the process that draws broke; another try may succeed. */
  async #viewOf(bytes: Uint8Array): Promise<Prepared<ViewingCopy> | null> {
    try {
      const order = { product: 'view', bytes } as const;
      const view = await this.#decoders.run(order);
      const copy = view === 'heavy' ? await this.#decoders.run(order, 'heavy') : view;
      return copy === 'heavy' ? null : copy;
    } catch {
      return null;
    }
  }
}
