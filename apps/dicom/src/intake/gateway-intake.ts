import { pictureFile } from '@lucency/client/node';
import type { Logger } from '@lucency/service-kit';
import type { ReceivedFile } from '../reception/incoming-file.js';
import type { ApplicationEntity } from '../senders/configuration.js';
import type { ApiClients } from '../sign-in/api-clients.js';
import { Turns } from '../turns.js';
import type { Intake, LaterReason, Outcome, RefusalReason } from './intake.js';
import { joinStudy } from './join-study.js';
import { outcomeOfError } from './outcome-of-error.js';
import { readInstance } from './read-instance.js';

export interface GatewayIntakeOptions {
  clients: ApiClients;
  /** From a complete file to the answer: senders give up by themselves after a while. */
  storeSeconds: number;
  log: Logger;
}

/** Stores instances as images of studies, through the API that every program uses. */
export class GatewayIntake implements Intake {
  readonly #options: GatewayIntakeOptions;
  readonly #turns = new Turns();

  constructor(options: GatewayIntakeOptions) {
    this.#options = options;
  }

  async store(file: ReceivedFile, entity: ApplicationEntity): Promise<Outcome> {
    // One whole file in memory at a time, however many associations there are.
    const reading = await this.#turns.take('reading', () =>
      readInstance(file, { withIssuer: entity.issuerInReference }),
    );
    if (!reading.ok) return { outcome: 'refused', reason: reading.reason };
    const { facts } = reading;
    const client = this.#options.clients.of(entity.client.id);
    const siteId = siteIdOf(entity);
    const usualPriority = entity.priority;
    const priority = facts.priority ?? usualPriority;
    const signal = AbortSignal.timeout(this.#options.storeSeconds * 1000);
    try {
      const picture = await pictureFile(file.path);
      if (picture.sha256 !== file.sha256) return { outcome: 'later', reason: 'SPOOL_FAILED' };
      const { patientReference, studyInstanceUid } = facts;
      const upload = await client.upload(picture, { siteId, priority, patientReference }, { signal });
      // Not for correctness, which the API's keys hold: instances of one study come close together, and the second would
      // only be told of the first.
      const { repeated } = await this.#turns.take(`${siteId} ${studyInstanceUid}`, () =>
        joinStudy({ client, siteId, facts, usualPriority, uploadId: upload.id, signal }),
      );
      return { outcome: 'stored', repeated };
    } catch (error) {
      const outcome = outcomeOfError(error);
      if ('reason' in outcome) this.#tell(error, outcome.reason);
      return outcome;
    }
  }

  /** What an operator has to mend, with the error; what senders and the load of the moment do, only when asked for. */
  #tell(error: unknown, reason: LaterReason | RefusalReason): void {
    const { log } = this.#options;
    if (reason === 'GATEWAY_AWAY' || reason === 'NOT_CONFIGURED') log.warn({ error, reason }, 'not stored');
    else log.debug({ error, reason }, 'not stored');
  }
}

/** The API's id of a site that the directory names by its UUID. */
function siteIdOf({ siteId }: ApplicationEntity): string {
  return Buffer.from(`Site:${siteId}`).toString('base64url');
}
