import { readFile } from 'node:fs/promises';
import { type HeaderFacts, readHeader, type View } from '@lucency/dicom';
import type { ReceivedFile } from '../reception/incoming-file.js';
import type { RefusalReason } from './intake.js';

/** What the gateway is told of an instance. Names of people stay in the file. */
export interface InstanceFacts {
  studyInstanceUid: string;
  seriesInstanceUid: string | null;
  sopInstanceUid: string;
  patientReference: string;
  patientAgeMonths: number | null;
  accessionNumber: string | null;
  /** Null where the header does not say it. */
  priority: 'STAT' | 'ROUTINE' | null;
  view: View;
}

export type InstanceReading = { ok: true; facts: InstanceFacts } | { ok: false; reason: RefusalReason };

export interface ReadingRules {
  /** Whether the issuer of the patient's ID becomes part of the reference: `4711^^^NORTH`, as HL7 writes it. */
  withIssuer: boolean;
}

/**
 * Reads the header of a whole instance, up to the end of its pixels, so that what broke off is refused. Holds the file in memory
 * meanwhile: its caller reads one at a time.
 */
export async function readInstance(file: ReceivedFile, rules: ReadingRules): Promise<InstanceReading> {
  const read = readHeader(await readFile(file.path));
  if (!read.ok) return refuse('UNREADABLE');
  const facts = read.value;
  const { studyInstanceUid, sopInstanceUid } = facts;
  if (!studyInstanceUid || !sopInstanceUid || !facts.sopClassUid) return refuse('INVALID_UID');
  if (sopInstanceUid !== file.sopInstanceUid || facts.sopClassUid !== file.sopClassUid)
    return refuse('MISMATCH');
  if (facts.frames !== 1 || !facts.hasPixels) return refuse('NO_IMAGE');
  return {
    ok: true,
    facts: {
      studyInstanceUid,
      seriesInstanceUid: facts.seriesInstanceUid,
      sopInstanceUid,
      patientReference: patientReference(facts, studyInstanceUid, rules),
      patientAgeMonths: facts.patient.ageMonths,
      accessionNumber: facts.accessionNumber,
      priority: facts.priority,
      view: facts.view,
    },
  };
}

/** Two patients without an ID must never become one: the study stands for the patient then. */
function patientReference({ patient }: HeaderFacts, studyInstanceUid: string, rules: ReadingRules): string {
  const id = oneBlank(patient.id ?? '');
  if (!id) return studyInstanceUid;
  const issuer = oneBlank(patient.issuer ?? '');
  return rules.withIssuer && issuer ? `${id}^^^${issuer}` : id;
}

/** As the gateway spells references, so that those that it answers with can be compared. */
function oneBlank(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\p{Zs}/gu, ' ')
    .trim();
}

function refuse(reason: RefusalReason): InstanceReading {
  return { ok: false, reason };
}
