import type { ImageView } from '../gql/graphql';
import { type AgeAnswer, noAge } from './age';

/** What the header of a DICOM file says that a person would otherwise type, or that belongs to the study. */
export interface DicomFacts {
  reference: string;
  age: AgeAnswer;
  stat: boolean;
  view: ImageView;
  accessionNumber: string | null;
  studyInstanceUid: string | null;
  seriesInstanceUid: string | null;
  sopInstanceUid: string | null;
  /** YYYY-MM-DD. */
  acquired: string | null;
}

/** The facts of a DICOM file. Null for any other, for a deflated one and for one whose header is damaged: the gateway says why. */
export async function readDicomFacts(file: File): Promise<DicomFacts | null> {
  // Loaded for whoever has such files: its character sets are large.
  const { headerPrefixBytes, readHeader } = await import('@lucency/dicom/header');
  const beginning = new Uint8Array(await file.slice(0, headerPrefixBytes).arrayBuffer());
  const header = readHeader(beginning, { prefix: true });
  if (!header.ok) return null;
  const { patient, view, priority, accessionNumber, acquisitionDate, studyDate, ...facts } = header.value;
  return {
    reference: patient.id ?? '',
    age: ageAnswer(patient.ageMonths),
    stat: priority === 'STAT',
    view,
    accessionNumber,
    studyInstanceUid: facts.studyInstanceUid,
    seriesInstanceUid: facts.seriesInstanceUid,
    sopInstanceUid: facts.sopInstanceUid,
    acquired: acquisitionDate ?? studyDate,
  };
}

function ageAnswer(months: number | null): AgeAnswer {
  if (months === null) return noAge;
  const rest = months % 12;
  return { ...noAge, years: String(Math.floor(months / 12)), months: rest === 0 ? '' : String(rest) };
}
