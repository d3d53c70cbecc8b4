import { copyFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@lucency/service-kit';
import type { AssociationOutcome } from '../association/association-watch.js';
import { type DicomPort, type DicomPortOptions, openDicomPort } from '../association/dicom-port.js';
import type { PortLimits } from '../association/limits.js';
import type { StatusCode } from '../association/statuses.js';
import type { Intake, Outcome } from '../intake/intake.js';
import type { ReceivedFile } from '../reception/incoming-file.js';
import { Spool } from '../reception/spool.js';
import { type SenderConfiguration, senderConfiguration } from '../senders/configuration.js';
import { recognize } from '../senders/recognize.js';

export const testSenders: SenderConfiguration = senderConfiguration.parse({
  applicationEntities: [
    {
      calledAeTitle: 'LUCENCY',
      siteId: '88c774fb-e61b-4c3d-a0ae-4404bda027e1',
      client: { id: 'dicom', secretVariable: 'DICOM_SECRET' },
    },
    {
      calledAeTitle: 'STRICT',
      callingAeTitles: ['ROOM1'],
      siteId: '88c774fb-e61b-4c3d-a0ae-4404bda027e1',
      client: { id: 'dicom', secretVariable: 'DICOM_SECRET' },
    },
  ],
});

const limits: PortLimits = {
  maxAssociations: 4,
  associateSeconds: 20,
  idleSeconds: 20,
  pduSeconds: 20,
  instanceSeconds: 40,
  associationSeconds: 60,
  maxInstanceBytes: 50_000_000,
};

/** Keeps what it is given in a folder, by the UID of the instance. */
export class DirectoryIntake implements Intake {
  readonly stored: ReceivedFile[] = [];
  /** What it answers with instead of storing. */
  answer: Outcome | undefined;
  /** Complete instances that it was given, stored or not. */
  asked = 0;
  #gate: Promise<void> = Promise.resolve();
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** Stores nothing until what it answers is called. */
  hold(): () => void {
    let goOn = () => {};
    this.#gate = new Promise((resolve) => {
      goOn = resolve;
    });
    return goOn;
  }

  async store(file: ReceivedFile): Promise<Outcome> {
    this.asked += 1;
    await this.#gate;
    if (this.answer) return this.answer;
    const repeated = this.stored.some(({ sha256 }) => sha256 === file.sha256);
    await copyFile(file.path, this.#fileOf(file.sopInstanceUid));
    this.stored.push(file);
    return { outcome: 'stored', repeated };
  }

  /** The data set as it was stored, without preamble and file meta information. */
  async dataSet(sopInstanceUid: string): Promise<Buffer> {
    const bytes = await readFile(this.#fileOf(sopInstanceUid));
    return bytes.subarray(144 + bytes.readUInt32LE(140));
  }

  #fileOf(sopInstanceUid: string): string {
    return join(this.#dir, `${sopInstanceUid}.dcm`);
  }
}

export interface TestPort {
  port: number;
  open: DicomPort;
  intake: DirectoryIntake;
  /** How connections ended, in order. */
  ended: AssociationOutcome[];
  statuses: StatusCode[];
  logged: string[];
  /** Names of files in the spool. */
  spooled(): Promise<string[]>;
  close(): Promise<void>;
}

export interface TestPortOptions {
  limits?: Partial<PortLimits>;
  spoolBytes?: number;
  senders?: SenderConfiguration;
  tls?: DicomPortOptions['tls'];
}

/** A port on this machine that stores into a folder. */
export async function openTestPort(options: TestPortOptions = {}): Promise<TestPort> {
  const dir = await mkdtemp(join(tmpdir(), 'lucency-dicom-'));
  const spoolDir = join(dir, 'spool');
  const spool = await Spool.open(spoolDir, options.spoolBytes ?? 1e9);
  const intake = new DirectoryIntake(dir);
  const [ended, statuses, logged]: [AssociationOutcome[], StatusCode[], string[]] = [[], [], []];
  const open = await openDicomPort({
    host: '127.0.0.1',
    port: 0,
    tls: options.tls,
    recognize: (caller) => recognize(options.senders ?? testSenders, caller),
    spool,
    intake,
    limits: { ...limits, ...options.limits },
    watch: {
      ended: (outcome) => void ended.push(outcome),
      answered: ({ status }) => void statuses.push(status),
    },
    log: createLogger({
      service: 'dicom',
      level: 'debug',
      destination: { write: (line) => void logged.push(line) },
    }),
  });
  return {
    port: open.port,
    open,
    intake,
    ended,
    statuses,
    logged,
    spooled: () => readdir(spoolDir),
    close: async () => {
      await open.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
