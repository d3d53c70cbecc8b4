import { DicomError } from '../problem.js';
import type { DataSet } from '../structure/data-set.js';
import { tagOf } from '../structure/element.js';
import { type DicomFile, type Inflate, readFile } from '../structure/file.js';
import { ageInMonths } from './age.js';
import { isoDate, isoTime, splitDateTime } from './dates.js';
import type { HeaderFacts } from './facts.js';
import { viewOf } from './view.js';
import { viewToRead } from './view-to-read.js';

const tag = {
  specificCharacterSet: 0x00080005,
  imageType: 0x00080008,
  sopClassUid: 0x00080016,
  sopInstanceUid: 0x00080018,
  studyDate: 0x00080020,
  seriesDate: 0x00080021,
  acquisitionDate: 0x00080022,
  contentDate: 0x00080023,
  acquisitionDateTime: 0x0008002a,
  studyTime: 0x00080030,
  acquisitionTime: 0x00080032,
  contentTime: 0x00080033,
  accessionNumber: 0x00080050,
  modality: 0x00080060,
  presentationIntent: 0x00080068,
  manufacturer: 0x00080070,
  timezoneOffset: 0x00080201,
  codeValue: 0x00080100,
  model: 0x00081090,
  anatomicRegionSequence: 0x00082218,
  patientId: 0x00100020,
  issuerOfPatientId: 0x00100021,
  issuerQualifiersSequence: 0x00100024,
  universalEntityId: 0x00400032,
  birthDate: 0x00100030,
  sex: 0x00100040,
  age: 0x00101010,
  bodyPart: 0x00180015,
  viewPosition: 0x00185101,
  studyInstanceUid: 0x0020000d,
  seriesInstanceUid: 0x0020000e,
  instanceNumber: 0x00200013,
  patientOrientation: 0x00200020,
  frames: 0x00280008,
  rows: 0x00280010,
  columns: 0x00280011,
  burnedInAnnotation: 0x00280301,
  studyPriority: 0x0032000c,
  requestedProcedurePriority: 0x00401003,
  viewCodeSequence: 0x00540220,
} as const;

const sequences: ReadonlySet<number> = new Set([
  tag.anatomicRegionSequence,
  tag.issuerQualifiersSequence,
  tag.viewCodeSequence,
]);

const presentationClass = '1.2.840.10008.5.1.4.1.1.1.1';
const processingClass = '1.2.840.10008.5.1.4.1.1.1.1.1';

/** SNOMED's codes of what a chest X-ray shows: chest and lung, CT and RT. */
const chestCodes = ['816094009', '51185008', 'T-D3000', '39607008', 'T-28000'];

/** What a deflated data set may have, read for its header. */
const maxInflatedBytes = 17e6;
const maxImageTypes = 8;

/** A prefix of a file that holds the header of nearly all X-rays. */
export const headerPrefixBytes = 256 * 1024;

export interface HeaderOptions {
  /** The bytes are only the beginning of the file: what is missing from them is no fault. */
  prefix?: boolean;
}

export interface FactsOptions extends HeaderOptions {
  inflate: Inflate | null;
}

/** @throws DicomError for what is no readable header. */
export function readFacts(bytes: Uint8Array, { prefix = false, inflate }: FactsOptions): HeaderFacts {
  const file = readFile(bytes, { sequences, maxInflatedBytes, headerOnly: true, inflate });
  if (file.missing && !prefix) throw new DicomError('TRUNCATED', file.missing);
  return factsOf(file);
}

function factsOf({ dataSet, syntax, missing, preambleInUse }: DicomFile): HeaderFacts {
  const sopClassUid = dataSet.uid(tag.sopClassUid);
  const rows = dataSet.number(tag.rows);
  const acquired = acquisitionOf(dataSet);
  const studyDate = isoDate(dataSet.string(tag.studyDate));
  const birthDate = isoDate(dataSet.string(tag.birthDate));
  const burnedIn = dataSet.code(tag.burnedInAnnotation);
  const bodyPart = bodyPartOf(dataSet);
  const presentationIntent = intentOf(dataSet, sopClassUid);
  const imageType = dataSet
    .strings(tag.imageType)
    .filter((value) => value !== '')
    .slice(0, maxImageTypes);
  return {
    transferSyntaxUid: syntax.uid,
    complete: missing === null,
    preambleInUse,
    characterSet: dataSet.string(tag.specificCharacterSet),
    sopClassUid,
    sopInstanceUid: dataSet.uid(tag.sopInstanceUid),
    studyInstanceUid: dataSet.uid(tag.studyInstanceUid),
    seriesInstanceUid: dataSet.uid(tag.seriesInstanceUid),
    modality: dataSet.code(tag.modality),
    imageType,
    instanceNumber: dataSet.numbers(tag.instanceNumber, 'DS')[0] ?? null,
    patient: {
      id: dataSet.text(tag.patientId),
      issuer:
        dataSet.text(tag.issuerOfPatientId) ??
        dataSet.item(tag.issuerQualifiersSequence)?.text(tag.universalEntityId) ??
        null,
      birthDate,
      ageMonths: ageInMonths(dataSet.code(tag.age), birthDate, acquired.date ?? studyDate),
      sex: sexOf(dataSet.code(tag.sex)),
    },
    accessionNumber: dataSet.text(tag.accessionNumber),
    studyDate,
    studyTime: isoTime(dataSet.string(tag.studyTime)),
    acquisitionDate: acquired.date,
    acquisitionTime: acquired.time,
    timezoneOffset: dataSet.string(tag.timezoneOffset),
    view: viewToRead({
      view: viewOf({
        position: dataSet.code(tag.viewPosition),
        orientation: dataSet.strings(tag.patientOrientation),
        code: dataSet.item(tag.viewCodeSequence)?.string(tag.codeValue) ?? null,
      }),
      bodyPart,
      presentationIntent,
      imageType,
    }),
    bodyPart,
    manufacturer: dataSet.text(tag.manufacturer),
    model: dataSet.text(tag.model),
    priority: priorityOf(dataSet),
    presentationIntent,
    burnedInAnnotation: burnedIn === 'YES' ? true : burnedIn === 'NO' ? false : null,
    frames: dataSet.numbers(tag.frames, 'DS')[0] ?? (rows ? 1 : 0),
    rows,
    hasPixels: dataSet.element(tagOf.pixelData) !== null,
    columns: dataSet.number(tag.columns),
  };
}

/** When the picture was taken; failing that, when it was made, and when its series began. */
function acquisitionOf(dataSet: DataSet): { date: string | null; time: string | null } {
  const exact = splitDateTime(dataSet.string(tag.acquisitionDateTime));
  const date = isoDate(dataSet.string(tag.acquisitionDate));
  if (date) return { date, time: isoTime(dataSet.string(tag.acquisitionTime)) ?? exact.time };
  if (exact.date) return exact;
  const content = isoDate(dataSet.string(tag.contentDate));
  if (content) return { date: content, time: isoTime(dataSet.string(tag.contentTime)) };
  return { date: isoDate(dataSet.string(tag.seriesDate)), time: null };
}

function sexOf(sex: string | null): HeaderFacts['patient']['sex'] {
  return sex === 'F' || sex === 'M' || sex === 'O' ? sex : null;
}

function bodyPartOf(dataSet: DataSet): string | null {
  const part = dataSet.code(tag.bodyPart);
  if (part) return part;
  const region = dataSet.item(tag.anatomicRegionSequence)?.string(tag.codeValue);
  return region && chestCodes.includes(region) ? 'CHEST' : null;
}

function priorityOf(dataSet: DataSet): HeaderFacts['priority'] {
  const priority = dataSet.code(tag.requestedProcedurePriority) ?? dataSet.code(tag.studyPriority);
  if (!priority) return null;
  return priority === 'STAT' || priority === 'HIGH' ? 'STAT' : 'ROUTINE';
}

function intentOf(dataSet: DataSet, sopClassUid: string | null): HeaderFacts['presentationIntent'] {
  const said = dataSet.code(tag.presentationIntent);
  if (said === 'FOR PRESENTATION' || sopClassUid === presentationClass) return 'FOR_PRESENTATION';
  return said === 'FOR PROCESSING' || sopClassUid === processingClass ? 'FOR_PROCESSING' : null;
}
