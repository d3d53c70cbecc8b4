import { asResult, DicomError, type DicomResult } from '../problem.js';
import type { DataSet } from '../structure/data-set.js';
import { readFile } from '../structure/file.js';
import { inflate } from '../structure/inflate.js';
import { isoDate, isoTime } from './dates.js';

/**
 * What an instance that is derived from another repeats of it: patient and study as they are written there (PS3.3, C.7.1.1
 * and C.7.2.1). Alone here names of people are read; they go from file to file and nowhere else. Absent values are null.
 */
export interface InstanceContext {
  sopClassUid: string;
  sopInstanceUid: string;
  studyInstanceUid: string;
  seriesInstanceUid: string;
  /** Components with ^, groups with =, as PS3.5 writes names. */
  patientName: string | null;
  patientId: string | null;
  issuerOfPatientId: string | null;
  /** YYYYMMDD and HHMMSS with an optional fraction, as PS3.5 writes them. */
  patientBirthDate: string | null;
  patientSex: string | null;
  studyDate: string | null;
  studyTime: string | null;
  studyId: string | null;
  accessionNumber: string | null;
  referringPhysicianName: string | null;
  /** Such as +0100. */
  timezoneOffset: string | null;
  patientOrientation: string | null;
  laterality: string | null;
  burnedInAnnotation: boolean;
  /** The pixels were compressed with a loss at some time. */
  lossy: boolean;
}

const maxInflatedBytes = 17e6;
const codeString = /^[A-Z0-9 _]{1,16}$/;

/** @returns a problem where the file is damaged, or lacks one of the four UIDs that a reference to it takes. */
export function readInstanceContext(bytes: Uint8Array): DicomResult<InstanceContext> {
  return asResult(() => {
    const sequences: ReadonlySet<number> = new Set();
    const { dataSet } = readFile(bytes, { sequences, maxInflatedBytes, headerOnly: true, inflate });
    return contextOf(dataSet);
  });
}

function contextOf(dataSet: DataSet): InstanceContext {
  return {
    sopClassUid: uidOf(dataSet, 0x00080016),
    sopInstanceUid: uidOf(dataSet, 0x00080018),
    studyInstanceUid: uidOf(dataSet, 0x0020000d),
    seriesInstanceUid: uidOf(dataSet, 0x0020000e),
    patientName: dataSet.personName(0x00100010),
    patientId: dataSet.text(0x00100020),
    issuerOfPatientId: dataSet.text(0x00100021),
    patientBirthDate: isoDate(dataSet.string(0x00100030))?.replaceAll('-', '') ?? null,
    patientSex: codeOf(dataSet, 0x00100040),
    studyDate: isoDate(dataSet.string(0x00080020))?.replaceAll('-', '') ?? null,
    studyTime: isoTime(dataSet.string(0x00080030))?.replaceAll(':', '') ?? null,
    studyId: dataSet.text(0x00200010),
    accessionNumber: dataSet.text(0x00080050),
    referringPhysicianName: dataSet.personName(0x00080090),
    timezoneOffset: /^[+-](0\d|1[0-4])[0-5]\d$/.exec(dataSet.string(0x00080201) ?? '')?.[0] ?? null,
    patientOrientation: /^[A-Z]{1,4}\\[A-Z]{1,4}$/.exec(dataSet.strings(0x00200020).join('\\'))?.[0] ?? null,
    laterality: codeOf(dataSet, 0x00200060) ?? codeOf(dataSet, 0x00200062),
    burnedInAnnotation: dataSet.code(0x00280301) === 'YES',
    lossy: dataSet.code(0x00282110) === '01',
  };
}

function uidOf(dataSet: DataSet, tag: number): string {
  const uid = dataSet.uid(tag);
  if (uid) return uid;
  throw new DicomError('INVALID_HEADER', 'a UID of class, instance, study or series is missing');
}

/** A code string that PS3.5 allows; what is none would make the derived instance invalid. */
function codeOf(dataSet: DataSet, tag: number): string | null {
  return codeString.exec(dataSet.code(tag) ?? '')?.[0] ?? null;
}
